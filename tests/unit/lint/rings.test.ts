import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles, steps } from '@/tests/integration/security/exported-functions'
import { brokenLaw, stepsOf } from '@/tests/lint/rings.mjs'

const render = 'lib/domain/templates/render-template.ts'
const queries = 'lib/flows/list-flows.ts'
const list = 'components/flows/flow-list.tsx'

const allowed = [
  { from: 'app/(dashboard)/flows/page.tsx', name: '@/lib/flows/list-flows', names: ['listFlows'] },
  { from: list, name: '@/lib/flows/views' },
  { from: list, name: '@/lib/domain/names' },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/list-endpoints', names: ['listEndpoints'] },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/write-endpoints', names: ['writeEndpoints'] },
  { from: 'lib/endpoints/actions.ts', name: './delete-endpoint', names: ['deleteEndpoint'] },
  { from: 'lib/flows/create-flow.ts', name: './schema' },
  {
    from: 'app/oauth/authenticate/page.tsx',
    name: '@/lib/authorisations/complete-authorisation',
    names: ['completeAuthorisation'],
  },
  { from: 'lib/worker/jobs.ts', name: '@/lib/exchange/request-context', names: ['causeOf'] },
  {
    from: 'lib/authorisations/start-authorisation.ts',
    name: './begin-authorisation',
    names: ['beginAuthorisation'],
  },
  {
    from: 'lib/instances/save-instance.ts',
    name: '@/lib/authorisations/needs-authorisation',
    names: ['needsAuthorisation'],
  },
  { from: 'lib/calls/call-endpoint.ts', name: '@/lib/domain/access/actor', names: ['permit'] },
  { from: 'app/layout.tsx', name: '@/lib/domain/access/actor', names: ['may'] },
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
  {
    from: 'app/oauth/authenticate/page.tsx',
    name: '@/lib/authorisations/begin-authorisation',
    names: ['beginAuthorisation'],
    law: /never a step/,
  },
  {
    from: 'app/oauth/authenticate/page.tsx',
    name: '@/lib/authorisations/needs-authorisation',
    names: ['needsAuthorisation'],
    law: /never a step/,
  },
  {
    from: 'app/layout.tsx',
    name: '@/lib/authorisations/pending',
    names: ['endPending', 'latestWaiting'],
    law: /never a step/,
  },
  { from: 'app/layout.tsx', name: '@/lib/connectors/list-instance-lines', names: ['*'], law: /never a step/ },
  {
    from: 'lib/authorisations/actions.ts',
    name: '../verification/verify',
    names: ['verifyDraft'],
    law: /never a step/,
  },
  { from: 'lib/worker/jobs.ts', name: '@/lib/calls/call-plans', names: ['callPlan'], law: /never a step/ },
  { from: 'app/layout.tsx', name: '@/lib/domain/access/actor', names: ['permit'], law: /permit an actor/ },
  { from: queries, name: '@/lib/domain/access/actor', names: ['permit'], law: /permit an actor/ },
  { from: 'lib/flows/run-shape.ts', name: '@/lib/endpoints/actions', law: /called by components/ },
  { from: 'app/api/auth/[...nextauth]/route.ts', name: 'next-auth/next', law: /next-auth/ },
  { from: 'lib/authorisations/exchange-code.ts', name: 'undici', law: /lib\/platform\/http/ },
  { from: 'lib/authorisations/exchange-code.ts', name: 'node:https', law: /lib\/platform\/http/ },
  { from: queries, name: 'pg', law: /drivers/ },
  { from: queries, name: '@/lib/platform/db/client', names: ['systemDb'], law: /every workspace/ },
  { from: queries, name: '@/lib/platform/crypto/seal', names: ['unseal'], law: /opened in/ },
]

test.each(allowed)('$from may import $name', (given) => {
  expect(brokenLaw(given)).toBeNull()
})

test.each(broken)('$from may not import $name $names', ({ law, ...given }) => {
  expect(brokenLaw(given)).toMatch(law)
})

test('the rule and the access tests know the same steps', () => {
  const known = sourceFiles().flatMap((file) => stepsOf(file).map((name) => `${file}#${name}`))
  expect(known).toEqual(steps())
  expect(known).not.toEqual([])
})

test('the cases name files that exist', () => {
  const missing = [...allowed, ...broken].flatMap(({ from, name }) =>
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
