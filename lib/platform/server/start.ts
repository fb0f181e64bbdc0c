import { requireNode } from './node-version'

// Checked before anything else is loaded, because an old Node would fail on newer syntax with an unhelpful error.
const refusal = requireNode()
if (refusal) {
  console.error(`\n${refusal}\n`)
  process.exit(1)
}
const { launch } = await import('./launch')
await launch({ development: process.argv.includes('--dev') })
