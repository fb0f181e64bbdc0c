import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { findOptions, optionOf } from '@/lib/flows/instance-options'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { trialInstancesSchema, type TrialSubject } from './schema'
import { trialInstance } from './views'

/**
 * The instances with which an endpoint or a method can be tried: for an endpoint, those whose method it accepts (rule
 * R1); for a method, its own. Only authorised instances, the first fifty by name.
 */
export const listTrialInstances = operation({
  name: 'list_trial_instances',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: trialInstancesSchema,
  output: z.array(trialInstance),
  run: async ({ db }, { subject, search }) => {
    const methods = await findMethods(db, subject)
    if (methods === null) return succeed([])
    // With the connector, the index of its instances is used for the order.
    const also = { connectorId: methods.connectorId, methodId: { in: methods.ids } }
    const rows = await findOptions(db, search, also)
    return succeed(rows.map((row) => ({ ...optionOf(row), methodId: row.methodId })))
  },
})

/** The methods whose instances can be used; null if the endpoint or method does not exist in the workspace. */
async function findMethods(db: WorkspaceDb, subject: TrialSubject) {
  if (subject.kind === 'method') {
    const method = await db.authenticationMethod.findFirst({
      where: { id: subject.methodId },
      select: { connectorId: true },
    })
    return method && { connectorId: method.connectorId, ids: [subject.methodId] }
  }
  const endpoint = await db.endpoint.findFirst({
    where: { id: subject.endpointId },
    select: { connectorId: true, enablements: { select: { methodId: true } } },
  })
  return endpoint && { connectorId: endpoint.connectorId, ids: endpoint.enablements.map(({ methodId }) => methodId) }
}
