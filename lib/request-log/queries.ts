import 'server-only'
import { unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import type { ListPage, ListParams, SortColumns } from '@/lib/platform/lists/list-page'
import type { RequestBodies, RequestDetail, RequestOutcome, RequestPurpose, RequestSummary } from './views'

export type RequestFilter = {
  userId?: string
  connectorId?: string
  instanceId?: string
  flowId?: string
  correlationId?: string
  purpose?: RequestPurpose
  outcome?: RequestOutcome
  /** From this moment on. */
  from?: Date
  /** Before this moment. */
  to?: Date
}

export const requestColumns = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** Counting on does not help anyone; a total of this many means "at least". */
export const mostRequestsCounted = 10_000

const summaryColumns = {
  id: true,
  at: true,
  purpose: true,
  outcome: true,
  subject: true,
  userId: true,
  actorKind: true,
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

type SummaryRow = Prisma.RequestLogGetPayload<{ select: typeof summaryColumns }>

const idFilters = ['userId', 'connectorId', 'instanceId', 'flowId', 'correlationId'] as const

/** Null when a filter names what cannot exist: then nothing matches. */
function conditionsOf(filter: RequestFilter, q: string): Prisma.RequestLogWhereInput[] | null {
  const ids = idFilters.flatMap((name) => (filter[name] === undefined ? [] : [{ [name]: filter[name] }]))
  if (idFilters.some((name) => filter[name] !== undefined && !isId(filter[name]))) return null
  const { purpose, outcome, from, to } = filter
  return [
    ...ids,
    { purpose, outcome, at: { gte: from, lt: to } },
    ...(q === ''
      ? []
      : [
          {
            OR: (['subject', 'url'] as const).map((column) => ({
              [column]: { contains: likeLiteral(q), mode: 'insensitive' as const },
            })),
          },
        ]),
  ]
}

async function namesOf(rows: { userId: string | null }[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ userId }) => userId ?? []))]
  const users =
    ids.length === 0
      ? []
      : await systemDb().user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}

function summaryOf(
  { at, userId, actorKind, actorLabel, ...row }: SummaryRow,
  names: Map<string, string>,
): RequestSummary {
  return { ...row, at: at.toISOString(), person: personOf({ userId, actorKind, actorLabel }, names) }
}

/** Lines of before actors had labels name the person by their present name. */
function personOf(
  { userId, actorKind, actorLabel }: Pick<SummaryRow, 'userId' | 'actorKind' | 'actorLabel'>,
  names: Map<string, string>,
): string | null {
  if (actorKind !== 'person') return actorKind === 'system' ? null : actorLabel
  if (userId === null) return null
  return names.get(userId) ?? (actorLabel === '' ? 'A person who is gone' : actorLabel)
}

/** The request log, newest first, 50 lines at a time. */
export async function listRequests(
  actor: Actor,
  filter: RequestFilter,
  params: ListParams,
): Promise<Result<ListPage<RequestSummary>>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  const conditions = conditionsOf(filter, params.q)
  if (conditions === null) return succeed({ items: [], nextCursor: null, total: 0 })
  const db = workspaceDb(actor.workspaceId)
  const { where, orderBy, take } = keyset<Prisma.RequestLogWhereInput, Prisma.RequestLogOrderByWithRelationInput>(
    params,
    requestColumns,
  )
  const [rows, total] = await Promise.all([
    db.requestLog.findMany({ where: { AND: [...conditions, where] }, orderBy, take, select: summaryColumns }),
    db.requestLog.count({ where: { AND: conditions }, take: mostRequestsCounted }),
  ])
  const names = await namesOf(rows)
  const page = toPage(rows, total, params, requestColumns)
  return succeed({ ...page, items: page.items.map((row) => summaryOf(row, names)) })
}

const gone = () => refuse('not_found', 'This line of the request log does not exist, or its time is over.')

/** Lines are found by time and id together: the time names the day's partition. */
function keyOf(id: string, at: string): { id: string; at: Date } | null {
  const moment = new Date(at)
  return isId(id) && !Number.isNaN(moment.getTime()) ? { id, at: moment } : null
}

export async function getRequest(actor: Actor, id: string, at: string): Promise<Result<RequestDetail>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  const key = keyOf(id, at)
  const row =
    key &&
    (await workspaceDb(actor.workspaceId).requestLog.findFirst({
      where: key,
      select: { ...summaryColumns, requestHeaders: true, responseHeaders: true },
    }))
  if (!row) return gone()
  const { requestHeaders, responseHeaders, ...summary } = row
  const headers = { requestHeaders, responseHeaders } as Pick<RequestDetail, 'requestHeaders' | 'responseHeaders'>
  return succeed({ ...summaryOf(summary, await namesOf([row])), ...headers })
}

const bodyColumns = {
  id: true,
  workspaceId: true,
  sealedRequestBody: true,
  sealedResponseBody: true,
  truncated: true,
} as const satisfies Prisma.RequestLogBodySelect

/** Secrets were removed before the bodies were sealed, so whoever may see the line may see them. */
function openBodies(row: Prisma.RequestLogBodyGetPayload<{ select: typeof bodyColumns }>): Result<RequestBodies> {
  const place = { workspaceId: row.workspaceId, table: 'RequestLogBody', rowId: row.id }
  const opened = (field: 'sealedRequestBody' | 'sealedResponseBody') =>
    row[field] === null ? null : unseal(row[field], { ...place, field })
  try {
    return succeed({
      kept: true,
      requestBody: opened('sealedRequestBody'),
      responseBody: opened('sealedResponseBody'),
      truncated: row.truncated,
    })
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error
    return refuse(
      'key_unknown',
      'The bodies were sealed with an encryption key that this server no longer has. An administrator of the server can add it to PATCHBAY_ENCRYPTION_KEYS.',
    )
  }
}

export async function getRequestBodies(actor: Actor, id: string, at: string): Promise<Result<RequestBodies>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  const key = keyOf(id, at)
  const db = workspaceDb(actor.workspaceId)
  const line =
    key && (await db.requestLog.findFirst({ where: key, select: { requestBytes: true, responseBytes: true } }))
  if (!key || !line) return gone()
  const row = await db.requestLogBody.findFirst({ where: key, select: bodyColumns })
  if (row) return openBodies(row)
  return succeed({
    kept: line.requestBytes + line.responseBytes === 0,
    requestBody: null,
    responseBody: null,
    truncated: false,
  })
}
