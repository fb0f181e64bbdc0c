import 'server-only'
import { actorIdOf, userIdOf } from '@/lib/domain/access/actor'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import { askAboutBody, fitsMainThread } from '@/lib/platform/bodies/ask-about-body'
import { seal } from '@/lib/platform/crypto/seal'
import { newId } from '@/lib/platform/db/new-id'
import { decodeStart } from '@/lib/platform/http/read-body'
import { notStoredNote } from './body-note'
import type { RequestLogEntry } from './entry'
import { loggedBody, logLargeBody, windowOf, type LoggedBody } from './logged-body'
import { outcomeOf } from './outcome'
import { reasonInResponse } from './reason-in-response'

const longestUrl = 8_192
const longestText = 2_000
const mostHeaders = 100
const longestHeader = 4_096

/** Fields that contain a secret in a token request, but not in other requests. */
const tokenRequestFields = ['code', 'state', 'device_code']

/** The rows of one request as the insert expects them: JSON in UTF-8, without secrets and with sealed bodies. */
export type Line = Pick<RequestLogEntry, 'correlationId' | 'purpose'> & { json: Buffer }

/** Cached for a batch: most of its lines redact the same secrets, and preparing the search is most of the work. */
export type Redactors = Map<string, Redactor>

function fieldNamesOf({ purpose, credentialNames }: RequestLogEntry): string[] {
  const more = purpose === 'exchange' ? tokenRequestFields : []
  return [...credentialNames.headers, ...credentialNames.queryKeys, ...more]
}

function redactorFor(entry: RequestLogEntry, known: Redactors): Redactor {
  const { secrets } = entry
  const fieldNames = fieldNamesOf(entry)
  const key = JSON.stringify([fieldNames, secrets.texts()])
  const redactor = known.get(key) ?? createRedactor({ secrets, fieldNames })
  known.set(key, redactor)
  return redactor
}

/** Postgres cannot store null characters in text. */
function storable(text: string, longest: number): string {
  return text.replaceAll('\0', '').toWellFormed().slice(0, longest)
}

function storableHeaders(headers: readonly (readonly [string, string])[], redactor: Redactor) {
  return redactor
    .headers(headers.slice(0, mostHeaders))
    .map(([name, value]) => [storable(name, 256), storable(value, longestHeader)])
}

function rowOf(entry: RequestLogEntry, redactor: Redactor, received: LoggedBody | null) {
  const {
    request,
    response,
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
    outcome: outcomeOf(response, error),
    httpMethod: request.method,
    url: storable(redactor.url(request.url), longestUrl),
    requestHeaders: storableHeaders(request.headers, redactor),
    status: response?.status ?? null,
    responseHeaders: storableHeaders(response?.headers ?? [], redactor),
    requestBytes: request.body === null ? 0 : (request.startOf ?? Buffer.byteLength(request.body)),
    responseBytes: response === null ? 0 : (response.startOf ?? response.body.byteLength),
    durationMs: Math.round(durationMs),
    errorCode: error?.code ?? null,
    errorMessage: messageOf(entry, redactor, received),
  }
}

/** Our own sentence, or the reason in the response. */
function messageOf(entry: RequestLogEntry, redactor: Redactor, received: LoggedBody | null): string | null {
  const { error } = entry
  const message = error === null ? reasonInResponse(entry, received) : redactor.text(error.message)
  return message === null ? null : storable(message, longestText)
}

async function sentBody(entry: RequestLogEntry, redactor: Redactor): Promise<LoggedBody | null> {
  const { body, headers, startOf } = entry.request
  if (body === null || body.length === 0) return null
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return cleanBody(entry, redactor, { bytes, headers, length: startOf ?? bytes.byteLength })
}

async function receivedBody(entry: RequestLogEntry, redactor: Redactor): Promise<LoggedBody | null> {
  const { response, secrets } = entry
  if (response === null || response.body.byteLength === 0) return null
  const { body, headers, startOf } = response
  if (startOf === undefined) return cleanBody(entry, redactor, { bytes: body, headers, length: body.byteLength })
  const window = windowOf(secrets)
  const start = await decodeStart(body, headers, window)
  const isWhole = startOf <= body.byteLength && start.byteLength < window
  const length = isWhole ? start.byteLength : Math.max(startOf, start.byteLength + 1)
  return cleanBody(entry, redactor, { bytes: start, headers, length })
}

type Unclean = { bytes: Uint8Array; headers: [string, string][]; length: number }

/** A large body is cleaned in a worker thread, so that it does not block the main thread. */
async function cleanBody(
  entry: RequestLogEntry,
  redactor: Redactor,
  { bytes, headers, length }: Unclean,
): Promise<LoggedBody> {
  const { secrets } = entry
  if (fitsMainThread(bytes)) return loggedBody(bytes, headers, redactor, secrets, length)
  const body = new Uint8Array(bytes.subarray(0, windowOf(secrets)))
  const asked = await askAboutBody(
    logLargeBody,
    { body, headers, secrets: secrets.texts(), fieldNames: fieldNamesOf(entry), length },
    { bodies: [body], handOver: true },
  )
  return asked.ok ? asked.value : { text: notStoredNote(asked.error.message), truncated: false, isNote: true }
}

export type QueuedEntry = RequestLogEntry & {
  /** When the request was sent, in milliseconds. */
  at: number
}

export async function lineOf({ at, ...entry }: QueuedEntry, redactors: Redactors): Promise<Line> {
  const redactor = redactorFor(entry, redactors)
  const id = newId(at)
  const [sent, received] = await Promise.all([sentBody(entry, redactor), receivedBody(entry, redactor)])
  const sealed = (body: LoggedBody | null, field: string) =>
    body && seal(body.text, { workspaceId: entry.workspaceId, table: 'RequestLogBody', rowId: id, field })
  const { correlationId, purpose } = entry
  const row = {
    ...rowOf(entry, redactor, received),
    id,
    at: new Date(at).toISOString(),
    sealedRequestBody: sealed(sent, 'sealedRequestBody'),
    sealedResponseBody: sealed(received, 'sealedResponseBody'),
    truncated: (sent?.truncated ?? false) || (received?.truncated ?? false),
  }
  return { correlationId, purpose, json: Buffer.from(JSON.stringify(row)) }
}
