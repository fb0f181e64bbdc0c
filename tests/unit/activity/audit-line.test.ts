import { describe, expect, it } from 'vitest'
import { auditLineOf } from '@/lib/activity/audit-line'

const row = {
  ...{ id: 'line', at: new Date('2026-11-29T10:00:00Z'), actorName: 'Dana', address: null },
  ...{ objectName: 'Acme', changes: { fields: [] } },
}
const hrefOf = (action: string, objectType: string, objectId: string | null = 'one') =>
  auditLineOf({ ...row, action, objectType, objectId }).href

describe('the link of a change', () => {
  it('points to the page of the object, if it has one', () => {
    expect(hrefOf('update_connector', 'connector')).toBe('/connectors/one')
    expect(hrefOf('update_instance', 'instance')).toBe('/instances/one')
    expect(hrefOf('update_flow', 'flow')).toBe('/flows/one')
    expect(hrefOf('update_endpoint', 'endpoint')).toBeNull()
    expect(hrefOf('create_workspace', 'workspace', null)).toBeNull()
  })

  it.each(['connector', 'instance', 'flow'])('is missing if the change deleted the %s', (objectType) => {
    expect(hrefOf(`delete_${objectType}`, objectType)).toBeNull()
  })
})
