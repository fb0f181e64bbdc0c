import { describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { parseAllowList } from '@/lib/platform/http/egress-policy'
import type { Network } from '@/lib/platform/http/network'
import { ownServices } from '@/lib/platform/http/own-services'
import { getOutboundPolicy, outboundPolicyOf } from '@/lib/settings/get-outbound-policy'

const actor: PersonActor = {
  kind: 'person',
  workspaceId: 'w',
  userId: 'u',
  sessionId: 's',
  label: 'Dana',
  role: 'administrator',
}

const network: Network = {
  policy: {
    ...parseAllowList(['10.1.0.0/16', 'localhost:3000']),
    loopbackOpen: true,
    own: ownServices({
      port: 3000,
      appUrl: 'http://localhost:3000',
      publicUrls: [],
      databaseUrl: 'postgres://user:hunter2@[fd00::1]:6000/x',
    }),
  },
  resolve: async () => [],
}

describe('the policy in Settings', () => {
  it('names what is allowed, what is refused, and the installation’s own addresses', () => {
    const view = outboundPolicyOf(network.policy)
    expect(view).toMatchObject({
      loopbackOpen: true,
      allowed: [
        { entry: '10.1.0.0/16', kind: 'range' },
        { entry: 'localhost:3000', kind: 'service' },
      ],
      own: [
        { kind: 'app', address: 'localhost:3000', allowed: true },
        { kind: 'database', address: '[fd00::1]:6000', allowed: false },
      ],
      mostRedirects: 5,
    })
    expect(view.refused.map((entry) => entry.class)).toContain('metadata')
    expect(view.refused.map((entry) => entry.class)).not.toContain('loopback')
    expect(JSON.stringify(view)).not.toContain('hunter2')
  })

  it('is for administrators', async () => {
    for (const role of ['read_only', 'user', 'manager'] as const)
      expect(await getOutboundPolicy({ ...actor, role }, {})).toMatchObject({
        ok: false,
        error: { code: 'not_allowed' },
      })
  })
})
