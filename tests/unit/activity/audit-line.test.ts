import { describe, expect, it } from 'vitest'
import { auditLineOf } from '@/lib/activity/audit-line'

const row = {
  ...{ id: 'line', at: new Date('2026-11-29T10:00:00Z'), address: null },
  ...{ actorKind: 'person' as const, actorId: 'dana', actorName: 'Dana' },
  ...{ objectName: 'Acme', changes: { fields: [] } },
}
const hrefOf = (action: string, objectType: string, objectId: string | null = 'one') =>
  auditLineOf({ ...row, action, objectType, objectId }).href

describe('the link of a change', () => {
  it('points to the page of the object, if it has one', () => {
    expect(hrefOf('update_connector', 'connector')).toBe('/connectors/one')
    expect(hrefOf('update_instance', 'instance')).toBe('/instances/one')
    expect(hrefOf('update_flow', 'flow')).toBe('/flows/one')
    expect(hrefOf('revoke_api_key', 'api_key')).toBe('/settings/api-keys/one')
    expect(hrefOf('update_endpoint', 'endpoint')).toBeNull()
    expect(hrefOf('create_workspace', 'workspace', null)).toBeNull()
  })

  it.each(['connector', 'instance', 'flow'])('is missing if the change deleted the %s', (objectType) => {
    expect(hrefOf(`delete_${objectType}`, objectType)).toBeNull()
  })
})

describe('a change by an API key', () => {
  it('has the name of the key and leads to it', () => {
    const change = { ...row, action: 'update_flow', objectType: 'flow', objectId: 'one' }
    const byKey = { actorKind: 'api_key' as const, actorId: 'key', actorName: 'Nightly export' }
    expect(auditLineOf({ ...change, ...byKey })).toMatchObject({ person: 'Nightly export', keyId: 'key' })
    expect(auditLineOf(change)).toMatchObject({ person: 'Dana', keyId: null })
  })
})
