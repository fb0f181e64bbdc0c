import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import { type Result, refuse, succeed } from '@/lib/domain/result'
import type { EnablementRefusal } from './views'
import type { Cell } from './cells'
import { changeCells, lockRows } from './change-cells'
import { findStrandedFlows } from './stranded-flows'
import { askBeforeStranding } from './stranding'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { setEnablementSchema } from './schema'
import { patience } from './enablement-parts'

const toggleGone = () =>
  refuse('not_found', 'This endpoint or authentication method no longer exists. Reload the page.')

/**
 * Sets one toggle: “this endpoint accepts this authentication method” (rule R2). Setting it to its current state
 * changes nothing. Switching it off while a flow uses it needs confirmation (rule R3).
 */
export const setEnablement = operation({
  name: 'set_enablement',
  permission: 'change',
  input: setEnablementSchema,
  output: z.strictObject({ enabled: z.boolean() }),
  run: async ({ actor, db, transaction, audit }, input): Promise<Result<{ enabled: boolean }, EnablementRefusal>> => {
    const { endpointId, methodId, enabled, confirmStranding } = input
    const endpoint = await db.endpoint.findFirst({ where: { id: endpointId }, select: { connectorId: true } })
    if (!endpoint) return toggleGone()
    return transaction(async (tx) => {
      const cell: Cell = { endpointId, methodId, enabled }
      const locked = await lockRows(tx, actor, endpoint.connectorId, [cell])
      if (!locked.endpoints.has(endpointId) || !locked.methods.has(methodId)) return toggleGone()
      const stranded = await findStrandedFlows(tx, actor.workspaceId, [cell])
      if (stranded.length > 0 && !confirmStranding) return askBeforeStranding(stranded)
      const changed = await changeCells(tx, actor, endpoint.connectorId, [cell])
      if (changed.enabled.length + changed.disabled.length > 0) {
        await audit(tx, {
          objectType: 'enablement',
          objectId: endpointId,
          objectName: `${locked.methods.get(methodId)} for ${locked.endpoints.get(endpointId)}`,
          partOfId: methodId,
          changes: [
            ...several(
              'enablement',
              enabled ? 'on' : 'off',
              [locked.endpoints.get(endpointId)!],
              locked.methods.get(methodId),
            ),
            ...several(
              'brokenFlow',
              'changed',
              stranded.map((flow) => flow.flowName),
            ),
          ],
        })
      }
      return succeed({ enabled })
    }, patience)
  },
})
