import { expect, test } from 'vitest'
import { brokenLaw } from '@/tests/lint/rings.mjs'

const kept = [
  { from: 'app/(dashboard)/flows/page.tsx', name: '@/lib/flows/queries', names: ['listFlows'] },
  { from: 'components/flows/flow-list.tsx', name: '@/lib/flows/views' },
  { from: 'components/flows/flow-list.tsx', name: '@/lib/domain/names' },
  { from: 'lib/flows/queries.ts', name: '@/lib/instances/queries' },
  { from: 'lib/flows/mutations.ts', name: './schema' },
  { from: 'lib/domain/templates/template/render.ts', name: 'liquidjs' },
  { from: 'lib/domain/templates/template/render.ts', name: '../result' },
  { from: 'lib/flows/queries.ts', name: '@/lib/platform/db/client', names: ['workspaceDb'] },
  { from: 'lib/setup/mutations.ts', name: '@/lib/platform/db/client', names: ['systemDb'] },
  { from: 'lib/credentials/credentials.ts', name: '@/lib/platform/crypto/seal', names: ['unseal'] },
]

const broken = [
  { from: 'lib/domain/templates/template/render.ts', name: 'zod', law: /pure/ },
  { from: 'lib/domain/templates/template/render.ts', name: 'node:crypto', law: /pure/ },
  { from: 'lib/domain/templates/template/render.ts', name: '../../flows/schema', law: /pure/ },
  { from: 'lib/flows/queries.ts', name: '@/tests/support/builders', law: /never imports from tests/ },
  { from: 'tests/sandbox/protocols/oauth1/signature.ts', name: '@/lib/domain/oauth1/base-string', law: /sandbox/ },
  { from: 'lib/flows/queries.ts', name: '@/components/ui/button', law: /inwards/ },
  { from: 'components/flows/flow-list.tsx', name: '@/app/layout', law: /inwards/ },
  { from: 'components/flows/flow-list.tsx', name: '@/lib/platform/db/client', law: /props/ },
  { from: 'components/flows/flow-list.tsx', name: '@/lib/platform/crypto/seal', law: /props/ },
  { from: 'components/flows/flow-list.tsx', name: '../../lib/platform/audit/record', law: /props/ },
  { from: 'components/ui/button.tsx', name: '@/lib/domain/names', law: /no domain word/ },
  { from: 'components/ui/button.tsx', name: '../flows/flow-list', law: /no domain word/ },
  { from: 'app/page.tsx', name: '@/lib/platform/db/client', law: /queries and actions/ },
  { from: 'lib/flows/mutations.ts', name: '@/lib/instances/mutations', law: /never its mutations/ },
  { from: 'lib/flows/mutations.ts', name: '@/lib/instances/mutations/create-instance', law: /never its mutations/ },
  { from: 'app/api/auth/route.ts', name: 'next-auth/next', law: /next-auth/ },
  { from: 'lib/authorisations/exchange.ts', name: 'undici', law: /lib\/http/ },
  { from: 'lib/authorisations/exchange.ts', name: 'node:https', law: /lib\/http/ },
  { from: 'lib/flows/queries.ts', name: 'pg', law: /drivers/ },
  { from: 'lib/flows/queries.ts', name: '@/lib/platform/db/client', names: ['systemDb'], law: /every workspace/ },
  { from: 'lib/flows/queries.ts', name: '@/lib/platform/crypto/seal', names: ['unseal'], law: /opened in/ },
]

test.each(kept)('$from may import $name', (given) => {
  expect(brokenLaw(given)).toBeNull()
})

test.each(broken)('$from may not import $name $names', ({ law, ...given }) => {
  expect(brokenLaw(given)).toMatch(law)
})
