import { requireNode } from './node-version'

// First of all, and with everything else loaded afterwards: newer syntax would fail with an error that says nothing.
const refusal = requireNode()
if (refusal) {
  console.error(`\n${refusal}\n`)
  process.exit(1)
}
const { launch } = await import('./launch')
await launch({ development: process.argv.includes('--dev') })
