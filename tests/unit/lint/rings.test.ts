import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { brokenLaw } from '@/tests/lint/rings.mjs'

const render = 'lib/domain/templates/render-template.ts'
const queries = 'lib/flows/list-flows.ts'
const list = 'components/flows/flow-list.tsx'

const kept = [
  { from: 'app/(dashboard)/flows/page.tsx', name: '@/lib/flows/list-flows', names: ['listFlows'] },
  { from: list, name: '@/lib/flows/views' },
  { from: list, name: '@/lib/domain/names' },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/list-endpoints', names: ['listEndpoints'] },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/write-endpoints', names: ['writeEndpoints'] },
  { from: 'lib/endpoints/actions.ts', name: './delete-endpoint', names: ['deleteEndpoint'] },
  { from: 'lib/flows/create-flow.ts', name: './schema' },
  { from: render, name: 'liquidjs' },
  { from: render, name: '../result' },
  { from: 'lib/domain/oauth2/token-request.ts', name: '../requests/assemble-request' },
  { from: 'lib/calls/call-endpoint.ts', name: '@/lib/tokens/usable-token' },
  { from: queries, name: '@/lib/platform/db/client', names: ['workspaceDb'] },
  { from: 'lib/setup/set-up.ts', name: '@/lib/platform/db/client', names: ['systemDb'] },
  { from: 'lib/credentials/open-secrets.ts', name: '@/lib/platform/crypto/seal', names: ['unseal'] },
]

const broken = [
  { from: render, name: 'node:crypto', law: /pure/ },
  { from: render, name: '@/lib/flows/schema', law: /pure/ },
  { from: render, name: '../oauth2/token-request', law: /modules before it/ },
  { from: 'lib/domain/encoding.ts', name: './templates/template', law: /modules before it/ },
  { from: 'lib/tokens/usable-token.ts', name: '@/lib/calls/call-endpoint', law: /only those before it/ },
  { from: 'lib/platform/session/actor.ts', name: '@/lib/setup/schema', law: /only those before it/ },
  { from: queries, name: '@/tests/support/builders', law: /never imports from tests/ },
  { from: 'tests/sandbox/protocols/digest.ts', name: '@/lib/domain/encoding', law: /sandbox/ },
  { from: queries, name: '@/components/ui/button', law: /inwards/ },
  { from: list, name: '@/app/layout', law: /inwards/ },
  { from: list, name: '@/lib/platform/db/client', law: /props/ },
  { from: list, name: '@/lib/platform/crypto/seal', law: /props/ },
  { from: list, name: '../../lib/platform/audit/record', law: /props/ },
  { from: 'components/ui/button.tsx', name: '@/lib/domain/names', law: /no domain word/ },
  { from: 'components/ui/button.tsx', name: '../flows/flow-list', law: /no domain word/ },
  { from: 'app/layout.tsx', name: '@/lib/platform/db/client', law: /queries and actions/ },
  {
    from: 'lib/flows/run-shape.ts',
    name: '@/lib/endpoints/delete-endpoint',
    names: ['deleteEndpoint'],
    law: /changes something/,
  },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/actions', law: /called by components/ },
  { from: 'app/api/auth/[...nextauth]/route.ts', name: 'next-auth/next', law: /next-auth/ },
  { from: 'lib/authorisations/exchange-code.ts', name: 'undici', law: /lib\/platform\/http/ },
  { from: 'lib/authorisations/exchange-code.ts', name: 'node:https', law: /lib\/platform\/http/ },
  { from: queries, name: 'pg', law: /drivers/ },
  { from: queries, name: '@/lib/platform/db/client', names: ['systemDb'], law: /every workspace/ },
  { from: queries, name: '@/lib/platform/crypto/seal', names: ['unseal'], law: /opened in/ },
]

test.each(kept)('$from may import $name', (given) => {
  expect(brokenLaw(given)).toBeNull()
})

test.each(broken)('$from may not import $name $names', ({ law, ...given }) => {
  expect(brokenLaw(given)).toMatch(law)
})

test('the cases name files that exist', () => {
  const missing = [...kept, ...broken].flatMap(({ from, name }) =>
    [from, fileOf(from, name)].filter((file) => file !== null && !exists(file)),
  )
  expect(missing).toEqual([])
})

function fileOf(from: string, name: string): string | null {
  if (name.startsWith('@/')) return name.slice(2)
  return name.startsWith('.') ? normalize(join(dirname(from), name)) : null
}

function exists(file: string): boolean {
  return [file, `${file}.ts`, `${file}.tsx`].some((candidate) => existsSync(candidate))
}
