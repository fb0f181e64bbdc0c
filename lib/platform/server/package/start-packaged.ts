import { fileURLToPath } from 'node:url'
import { requireNode } from '../node-version'

// `npm start` of a package. It may be called from anywhere; the launcher works in the folder of the package.
process.chdir(fileURLToPath(new URL('.', import.meta.url)))
const refusal = requireNode(process.versions.node, true)
if (refusal) {
  console.error(`\n${refusal}\n`)
  process.exit(1)
}
const { launch } = await import('../launch')
await launch({ development: false })
