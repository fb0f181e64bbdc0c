import 'server-only'
import { z } from 'zod'
import { may } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { firstSteps } from './first-steps-view'

/**
 * The checklist of a person's first steps. The first three are true of the workspace; the last one of the person.
 * @returns null when every step is done, when the person has dismissed it, and for roles that cannot do the steps
 */
export const getFirstSteps = operation({
  name: 'get_first_steps',
  permission: 'see',
  input: z.strictObject({}),
  output: firstSteps.nullable(),
  run: async ({ actor, db }) => {
    if (actor.kind !== 'person' || !may(actor, 'change')) return succeed(null)
    const { userId } = actor
    // First, because most people have dismissed the list, and every visit of the page asks for it.
    const membership = await db.membership.findFirst({ where: { userId }, select: { firstStepsDismissedAt: true } })
    if (membership?.firstStepsDismissedAt !== null) return succeed(null)
    const [connector, instance] = await Promise.all([
      db.connector.findFirst({ select: { id: true } }),
      db.instance.findFirst({ select: { id: true } }),
    ])
    const [call, ownConnector] = await Promise.all([
      instance && findSuccess(db),
      connector && findOwnConnector(db, userId),
    ])
    const steps = {
      connector: connector !== null,
      instance: instance !== null,
      call: call !== null,
      ownConnector: ownConnector !== null,
    }
    return succeed(Object.values(steps).every(Boolean) ? null : steps)
  },
})

function findSuccess(db: WorkspaceDb) {
  return db.instance.findFirst({ where: { lastSuccessAt: { not: null } }, select: { id: true } })
}

function findOwnConnector(db: WorkspaceDb, userId: string) {
  return db.auditLog.findFirst({
    where: { objectType: 'connector', action: 'create_connector', userId },
    select: { id: true },
  })
}
