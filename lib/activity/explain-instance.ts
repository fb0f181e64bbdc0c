import 'server-only'
import { z } from 'zod'
import { limitsOf } from '@/lib/domain/access/actor'
import { explainHealth } from '@/lib/domain/explain-health'
import { shownStatus } from '@/lib/domain/disabled'
import { notFound } from '@/lib/domain/refusals'
import { failurePhrase } from '@/lib/domain/request-failure'
import { succeed } from '@/lib/domain/result'
import { shownStatuses } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import { idOf } from '@/lib/operations/input'
import { operation, type Context } from '@/lib/operations/operation'
import { nameIn, namesOfPeople } from '@/lib/people/names-of-people'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { env } from '@/lib/platform/env'
import { unreachableSince } from '@/lib/request-log/unreachable-since'
import { readSinceLastSuccess } from './timeline/since-last-success'

const change = z.strictObject({ at: z.iso.datetime(), by: z.string(), what: z.string(), objectName: z.string() })

const explanation = z.strictObject({
  instanceId: z.uuid(),
  instanceName: z.string(),
  connectorName: z.string(),
  status: z.enum(keysOf(shownStatuses)),
  /** Since when it has been so. */
  since: z.iso.datetime(),
  what: z.string(),
  /** May be empty; quotes the third party. */
  reason: z.string(),
  whatToDo: z.string(),
  page: z.string(),
  lastSuccessAt: z.iso.datetime().nullable(),
  /** The latest request that did not succeed. */
  latestFailure: z
    .strictObject({ id: z.uuid(), at: z.iso.datetime(), subject: z.string(), reason: z.string() })
    .nullable(),
  /** If it is failing: what people changed between its last success and its first failure. */
  changes: z.array(change),
})
export type InstanceExplanation = z.infer<typeof explanation>

const columns = {
  connector: { select: { name: true, versionLabel: true, disabledAt: true, disabledById: true } },
} as const satisfies Prisma.InstanceInclude

type Row = Omit<Prisma.InstanceGetPayload<{ include: typeof columns }>, 'generation'>

/** Why an instance fails: what, since when, the reason, and what to do. Also says that it does not fail. */
export const explainInstance = operation({
  name: 'explain_instance',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ instanceId: idOf('instance') }),
  output: explanation,
  run: async (context, { instanceId }) => {
    const { db, workspaceId } = context
    const row = await db.instance.findFirst({ where: { id: instanceId }, include: columns })
    if (!row) return notFound('instance')
    const [unreachable, latestFailure, disabled, changes] = await Promise.all([
      unreachableSince(workspaceId, [row.id]).then((since) => since.get(row.id) ?? null),
      readLatestFailure(context, row.id),
      disabledParts(context, row),
      changesSinceSuccess(context, row),
    ])
    const page = `${env().APP_URL}/instances/${row.id}`
    const status = shownStatus(row)
    const facts = { instanceName: row.name, connectorName: row.connector.name, status, statusReason: row.statusReason }
    return succeed({
      ...{ instanceId: row.id, instanceName: row.name, connectorName: row.connector.name, status, page },
      ...explainHealth({ ...facts, isUnreachable: unreachable !== null, disabled, page }),
      since: sinceOf(row, unreachable).toISOString(),
      lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
      ...{ latestFailure, changes },
    })
  },
})

function sinceOf(row: Row, unreachable: Date | null): Date {
  const disabledAt = row.connector.disabledAt ?? row.disabledAt
  if (disabledAt) return disabledAt
  return unreachable && (row.status === 'connected' || row.status === 'not_verified') ? unreachable : row.statusSince
}

async function disabledParts({ db }: Context, row: Row) {
  const people = await namesOfPeople(db, [row.disabledById, row.connector.disabledById])
  const parts = [{ ...row.connector, noun: 'connector' } as const, { ...row, noun: 'instance' } as const]
  return parts
    .filter(({ disabledAt }) => disabledAt !== null)
    .map(({ noun, name, disabledById }) => ({ noun, name, by: nameIn(people, disabledById) }))
}

const failures = ['refused', 'failed', 'not_sent'] as const

/** Each outcome is read separately by its index, so that no successful request is read. */
async function readLatestFailure({ db }: Context, instanceId: string): Promise<InstanceExplanation['latestFailure']> {
  const found = await Promise.all(
    failures.map((outcome) =>
      db.requestLog.findFirst({
        where: { instanceId, outcome },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        select: { id: true, at: true, subject: true, outcome: true, status: true, errorCode: true, errorMessage: true },
      }),
    ),
  )
  const [latest] = found.flatMap((line) => line ?? []).sort((one, other) => other.at.getTime() - one.at.getTime())
  if (!latest) return null
  const { id, at, subject } = latest
  return { id, at: at.toISOString(), subject, reason: failurePhrase(latest) ?? '' }
}

/** A key with limits sees the instance, but not what people did in the workspace. */
async function changesSinceSuccess({ db, actor }: Context, row: Row): Promise<InstanceExplanation['changes']> {
  if (limitsOf(actor) !== null) return []
  const since = await readSinceLastSuccess(db, row)
  return (since?.changes ?? []).map(({ at, person, what, objectName }) => ({ at, by: person, what, objectName }))
}
