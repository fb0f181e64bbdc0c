import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { failurePhrase } from '@/lib/domain/request-failure'
import { refuse } from '@/lib/domain/result'
import type { RequestSummary } from './views'

/** A higher total would be of no use; this one means "at least". */
export const mostRequestsCounted = 10_000

export const summaryColumns = {
  id: true,
  at: true,
  purpose: true,
  outcome: true,
  subject: true,
  userId: true,
  actorKind: true,
  actorId: true,
  actorLabel: true,
  connectorId: true,
  instanceId: true,
  endpointId: true,
  flowId: true,
  correlationId: true,
  httpMethod: true,
  url: true,
  status: true,
  durationMs: true,
  requestBytes: true,
  responseBytes: true,
  errorCode: true,
  errorMessage: true,
} as const satisfies Prisma.RequestLogSelect

export type SummaryRow = Prisma.RequestLogGetPayload<{ select: typeof summaryColumns }>

export async function namesOf(rows: { userId: string | null }[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ userId }) => userId ?? []))]
  const users =
    ids.length === 0
      ? []
      : await systemDb().user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}

export function summaryOf(
  { at, userId, actorKind, actorId, actorLabel, ...row }: SummaryRow,
  names: Map<string, string>,
): RequestSummary {
  return {
    ...row,
    at: at.toISOString(),
    person: personOf({ userId, actorKind, actorLabel }, names),
    keyId: actorKind === 'api_key' ? actorId : null,
    reason: failurePhrase(row),
  }
}

/** Older lines have no label, so they show the current name of the person. */
export function personOf(
  { userId, actorKind, actorLabel }: Pick<SummaryRow, 'userId' | 'actorKind' | 'actorLabel'>,
  names: Map<string, string>,
): string | null {
  if (actorKind !== 'person') return actorKind === 'system' ? null : actorLabel
  if (userId === null) return null
  return names.get(userId) ?? (actorLabel === '' ? 'A removed person' : actorLabel)
}

export const gone = () => refuse('not_found', 'This request is not in the request log; it may have been deleted.')

/** A line is found by time and ID together, because the time determines the partition. */
export function keyOf(id: string, at: string): { id: string; at: Date } | null {
  const moment = new Date(at)
  return Number.isNaN(moment.getTime()) ? null : { id, at: moment }
}
