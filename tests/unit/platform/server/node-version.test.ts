import { expect, test } from 'vitest'
import { requireNode } from '@/lib/platform/server/node-version'

test.each(['22.19.0', '22.20.1', '24.0.0', '25.1.0'])('Node %s is new enough', (version) => {
  expect(requireNode(version)).toBeNull()
})

test.each(['18.20.0', '20.20.2', '22.18.9', '21.9.0'])('Node %s is refused with instructions', (version) => {
  expect(requireNode(version)).toMatch(new RegExp(`needs Node 22.19 or newer; this is Node ${version}`))
})

test('a package uses the Node that starts it, and says so', () => {
  expect(requireNode('20.20.2', true)).toMatch(/needs Node 22.19[^]*runs on the Node that starts it/)
  expect(requireNode('20.20.2', true)).not.toContain('npm install')
})
