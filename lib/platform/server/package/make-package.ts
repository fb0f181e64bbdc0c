import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { checkout, thisPlatform } from '../environment'
import { oldest } from '../node-version'
import { PlainError } from '../plain-error'
import { copiedAsTheyAre, notBundled, programs, unneededPaths, wholePackages } from './contents'
import { copyPackage } from './copy-package'

/**
 * Makes a folder that runs by itself on this platform, from the current build. Nothing is downloaded: packages are
 * copied from node_modules. The folder gets its name when it is complete.
 * @param folder a folder that is empty or does not exist
 */
export async function makePackage(folder: string): Promise<void> {
  requireEmpty(folder)
  const draft = `${folder}.unfinished-${randomBytes(3).toString('hex')}`
  try {
    copyBuild(draft)
    for (const path of copiedAsTheyAre) cpSync(join(checkout, path), join(draft, path), { recursive: true })
    const copied = new Set<string>()
    for (const name of wholePackages) copyPackage(name, draft, checkout, copied)
    await bundlePrograms(draft)
    writeManifest(draft)
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function requireEmpty(folder: string): void {
  if (!existsSync(dirname(folder))) throw new PlainError(`The folder ${dirname(folder)} does not exist.`)
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw new PlainError(`${folder} is not a folder.`)
  if (readdirSync(folder).length > 0)
    throw new PlainError(`${folder} is not empty. Name a folder that is empty or does not exist yet.`)
}

/** Next's own selection: the server's code and the files of node_modules that it needs. */
function copyBuild(folder: string): void {
  const standalone = join(checkout, '.next/standalone')
  const unneeded = new Set(unneededPaths.map((name) => join(standalone, 'node_modules', name)))
  unneeded.add(join(standalone, 'server.js'))
  cpSync(standalone, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !unneeded.has(source) && !source.endsWith('.map'),
  })
  // The only file that contains the path of the build.
  const description = join(folder, '.next/required-server-files.json')
  const buildPath = JSON.stringify(checkout).slice(1, -1)
  writeFileSync(description, readFileSync(description, 'utf8').replaceAll(buildPath, '.'))
}

async function bundlePrograms(folder: string): Promise<void> {
  await build({
    absWorkingDir: checkout,
    entryPoints: Object.entries(programs).map(([out, source]) => ({ out, in: source })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'programs/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${oldest.major}`,
    // The same condition as in the npm scripts, with which `server-only` is empty.
    conditions: ['react-server'],
    external: [...notBundled, ...wholePackages, ...wholePackages.map((name) => `${name}/*`)],
    // For packages that are CommonJS modules.
    banner: {
      js: `import { createRequire as patchbayRequire } from 'node:module'; const require = patchbayRequire(import.meta.url);`,
    },
    // Names stay as they are, for the stacks of errors.
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'error',
    legalComments: 'eof',
  })
}

function writeManifest(folder: string): void {
  const { name, version, description } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    name: string
    version: string
    description: string
  }
  const commands = Object.keys(programs).flatMap(
    (path) => /^programs\/(?!serve$|[a-z]+-thread$)(\w+)$/.exec(path)?.[1] ?? [],
  )
  const scripts = Object.fromEntries(commands.map((command) => [command, `exec node programs/${command}.mjs`]))
  const manifest = {
    ...{ name, version, private: true, description, type: 'module' },
    engines: { node: `>=${oldest.major}.${oldest.minor}` },
    scripts: { start: 'exec node start.mjs', ...scripts },
    patchbay: { packagedFor: thisPlatform },
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** In bytes, of all files. */
export function sizeOf(path: string): number {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
