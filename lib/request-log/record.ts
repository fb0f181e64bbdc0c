import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { actorIdOf, userIdOf, type Actor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import type { OutboundAnswer, OutboundRequest } from '@/lib/domain/http-messages'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import type { Refusal } from '@/lib/domain/result'
import { logger } from '@/lib/platform/log/logger'
import { loggedBody, type LoggedBody } from './logged-body'
import { outcomeOf } from './outcome'
import type { RequestPurpose } from './words'

/** One request as it was sent, or stopped before it left. Secrets are still in it: they are removed here. */
export type RequestLogEntry = {
  workspaceId: string
  correlationId: string
  purpose: RequestPurpose
  connectorId: string | null
  methodId: string | null
  instanceId: string | null
  endpointId: string | null
  flowId: string | null
  shapeId: string | null
  actor: Actor
  /** Names at the time, so that the line can be read after a deletion. */
  subject: string
  request: OutboundRequest
  /** Where the method placed credentials. */
  credentialNames: { headers: readonly string[]; queryKeys: readonly string[] }
  secrets: readonly string[]
  answer: OutboundAnswer | null
  error: Refusal | null
  durationMs: number
}

const longestUrl = 8_192
const longestText = 2_000
const mostHeaders = 100
const longestHeader = 4_096

/** Values that are secret in a token request and everyday words elsewhere. */
const tokenRequestFields = ['code', 'state', 'device_code']

function redactorFor(entry: RequestLogEntry): Redactor {
  const { headers, queryKeys } = entry.credentialNames
  const more = entry.purpose === 'exchange' ? tokenRequestFields : []
  return createRedactor({ secrets: entry.secrets, fieldNames: [...headers, ...queryKeys, ...more] })
}

/** Postgres keeps no null character in text. */
function storable(text: string, longest: number): string {
  return text.replaceAll('\0', '').toWellFormed().slice(0, longest)
}

function storableHeaders(headers: readonly (readonly [string, string])[], redactor: Redactor) {
  return redactor
    .headers(headers.slice(0, mostHeaders))
    .map(([name, value]) => [storable(name, 256), storable(value, longestHeader)])
}

function rowOf(entry: RequestLogEntry, redactor: Redactor) {
  const {
    workspaceId: _ours,
    request,
    answer,
    error,
    secrets: _secrets,
    credentialNames: _names,
    subject,
    durationMs,
    actor,
    ...ids
  } = entry
  return {
    ...ids,
    userId: userIdOf(actor),
    actorKind: actor.kind,
    actorId: actorIdOf(actor),
    actorLabel: storable(actor.label, longestText),
    subject: storable(redactor.text(subject), longestText),
    outcome: outcomeOf(answer, error),
    httpMethod: request.method,
    url: storable(redactor.url(request.url), longestUrl),
    requestHeaders: storableHeaders(request.headers, redactor),
    status: answer?.status ?? null,
    responseHeaders: storableHeaders(answer?.headers ?? [], redactor),
    requestBytes: request.body === null ? 0 : Buffer.byteLength(request.body),
    responseBytes: answer?.body.byteLength ?? 0,
    durationMs: Math.round(durationMs),
    errorCode: error?.code ?? null,
    errorMessage: error === null ? null : storable(redactor.text(error.message), longestText),
  }
}

function bodiesOf({ request, answer, secrets }: RequestLogEntry, redactor: Redactor) {
  const sent =
    request.body === null || request.body.length === 0
      ? null
      : loggedBody(request.body, request.headers, redactor, secrets)
  const received =
    answer === null || answer.body.byteLength === 0 ? null : loggedBody(answer.body, answer.headers, redactor, secrets)
  return { sent, received, any: sent !== null || received !== null }
}

async function write(db: WorkspaceDb, entry: RequestLogEntry): Promise<void> {
  const redactor = redactorFor(entry)
  const { workspaceId } = entry
  const key = { id: newId(), at: new Date(Date.now() - Math.round(entry.durationMs)) }
  await db.requestLog.create({ data: { ...key, workspaceId, ...rowOf(entry, redactor) } })
  const { sent, received, any } = bodiesOf(entry, redactor)
  if (!any) return
  const sealed = (body: LoggedBody | null, field: string) =>
    body && seal(body.text, { workspaceId, table: 'RequestLogBody', rowId: key.id, field })
  await db.requestLogBody.create({
    data: {
      ...key,
      workspaceId,
      sealedRequestBody: sealed(sent, 'sealedRequestBody'),
      sealedResponseBody: sealed(received, 'sealedResponseBody'),
      truncated: (sent?.truncated ?? false) || (received?.truncated ?? false),
    },
  })
}

/** Failing to log never fails a request: it is said in the process's own log (DATA §10). */
export async function recordRequest(entry: RequestLogEntry): Promise<void> {
  try {
    await write(workspaceDb(entry.workspaceId), entry)
  } catch (error) {
    logger().error(
      { error, correlationId: entry.correlationId, purpose: entry.purpose },
      'a request could not be written to the request log',
    )
  }
}
