import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { cellsOf } from './cells'
import { findStrandedFlows } from './stranded-flows'
import { operation } from '@/lib/operations/operation'
import { planMatrixSchema } from './schema'
import { matrixPlan } from './views'

/**
 * For *Review*: the flows that staged changes of the matrix would break now. Whoever sees flows may ask: an agent proposes a
 * change that somebody else applies.
 */
export const planMatrix = operation({
  name: 'plan_matrix',
  permission: 'see',
  input: planMatrixSchema,
  output: matrixPlan,
  run: async ({ actor, db }, { connectorId, changes }) => {
    if (!(await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })))
      return notFound('connector')
    return succeed({ strandedFlows: await findStrandedFlows(db, actor.workspaceId, cellsOf(changes)) })
  },
})
