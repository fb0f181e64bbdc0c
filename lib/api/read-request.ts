import { z } from 'zod'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { isObject } from './merge'
import type { ApiRefusal } from './problem'
import type { JsonObject, Route } from './route'

/** Reads the untrusted parts of a request: query, body and preconditions. */

export const longestBody = 2 * 1024 * 1024

/** The rest of the body is not read, so nothing else can follow on the same connection. */
const tooLarge: { ok: false; error: ApiRefusal } = {
  ok: false,
  error: {
    code: 'request_too_large',
    message: 'A request may have at most 2 MB. Nothing was changed. Send less at once.',
    headers: { connection: 'close' },
  },
}
const notJson = refuse('malformed_request', 'The body is not a JSON object (RFC 8259) in UTF-8. Nothing was changed.')

/** An empty object if there is no body. */
export async function readBody(request: Request): Promise<Result<JsonObject, ApiRefusal>> {
  const bytes = await readBytes(request)
  if (!bytes.ok) return bytes
  if (bytes.value.length === 0) return succeed({})
  if (!isJsonType(request.headers.get('content-type')))
    return refuse('unsupported_media_type', 'Send the body as “Content-Type: application/json”. Nothing was changed.')
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value))
    return isObject(body) ? succeed(body) : notJson
  } catch {
    return notJson
  }
}

/** `application/json`, `application/merge-patch+json`. */
function isJsonType(type: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i.test(type ?? '')
}

/** The whole body, if it is not longer than `longestBody`. */
export async function readBytes(request: Request): Promise<Result<Buffer, ApiRefusal>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytesOf(request)) {
    length += chunk.length
    if (length > longestBody) return tooLarge
    chunks.push(chunk)
  }
  return succeed(Buffer.concat(chunks))
}

/** The body while it arrives. */
export async function* bytesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>
}

/** The query as properties of the input. A name that is given twice is a list. */
export function readQuery(query: URLSearchParams, { operation }: Route): JsonObject {
  const { shape } = operation.definition.input
  const read = [...new Set(query.keys())].map((name) => {
    const schema = Object.hasOwn(shape, name) ? (shape[name] as z.ZodType) : z.string()
    return [name, readValue(query.getAll(name), schema)] as const
  })
  // Also a parameter called `__proto__` is only a parameter here.
  return Object.fromEntries(read)
}

/** As text, or as the number, truth value or list that the schema asks for. */
function readValue(texts: string[], schema: z.ZodType): unknown {
  const fits = (value: unknown) => schema.safeParse(value).success
  const [text = ''] = texts
  if (texts.length === 1 && fits(text)) return text
  if (texts.length === 1 && /^(?:-?\d{1,15}|true|false)$/.test(text)) {
    const value: unknown = JSON.parse(text.replace(/^(-?)0+(?=\d)/, '$1'))
    if (fits(value)) return value
  }
  return fits(texts) || texts.length > 1 ? texts : text
}

const noRevision = refuse(
  'revision_needed',
  'Name the revision that your change is based on: send the ETag of the object as “If-Match”. Read the object to get it.',
)

/** The revision in `If-Match` (rule R12, RFC 9110 §13.1.1). */
export function readRevision(request: Request): Result<number> {
  const [, digits] = /^"(\d{1,10})"$/.exec(request.headers.get('if-match')?.trim() ?? '') ?? []
  return digits === undefined ? noRevision : succeed(Number(digits))
}

/** Refuses properties that the address or a header decides. */
export function checkBodyNames(body: JsonObject, { hidden }: Route): Result<null> {
  const name = hidden.find((hiddenName) => Object.hasOwn(body, hiddenName))
  if (name === undefined) return succeed(null)
  return refuse('invalid_input', `The address or a header decides “${name}”. Leave it out of the body.`, name)
}
