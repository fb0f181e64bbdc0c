// Loaded by the npm scripts before anything else (node --require): plain JavaScript for any Node, without packages. It
// names missing packages, where the scripts would end with a stack trace.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- node --require loads CommonJS, which cannot use import
const { existsSync, readdirSync, readFileSync } = require('node:fs')

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const missing = Object.keys(dependencies).filter((name) => !existsSync(`node_modules/${name}/package.json`))
// The build's compiler for this platform; Next would try to download it.
const compilers = existsSync('node_modules/@next') ? readdirSync('node_modules/@next') : []
if (missing.length === 0 && !compilers.some((name) => name.startsWith('swc-'))) missing.push('@next/swc (optional)')

if (missing.length > 0) {
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  console.error(
    `\nPackages that Patchbay needs are not installed: ${missing.slice(0, 5).join(', ')}${more}.\n` +
      'Run npm install in this folder (--omit=dev is fine, --omit=optional is not), then try again.\n',
  )
  process.exit(1)
}
