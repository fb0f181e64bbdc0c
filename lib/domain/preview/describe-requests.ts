import type { MethodDefinition } from '../method-options/method-definition'
import type { BuiltRequest } from '../requests/types'
import { refuse, succeed, type Result } from '../result'
import type { HttpMethod, PhaseKind } from '../vocabulary'
import { jwtsIn, type ShownJwt } from './jwts-in'
import { planRequests } from './plan-requests'
import { makePlaceholders, type PlaceholderInput, type Placeholders } from './placeholders'

/**
 * *What will be sent*: the requests of a method, made by the real builders, with all secrets masked and `{{ key }}` for
 * missing values. Runs in the browser while a definition is edited, without any secret.
 */

export type DescribeInput = PlaceholderInput

/** A request with its values filled in and its secrets masked. */
export type DescribedRequest = {
  method: HttpMethod
  url: string
  headers: [name: string, value: string][]
  body: string
  jwts: ShownJwt[]
}

export type RequestDescription = {
  phase: PhaseKind
  step: number
  title: string
  /** Sent by the person's browser; all others are sent by the server. */
  byBrowser: boolean
  /** When it is sent, if that is not obvious from the order. */
  note: string
  request: Result<DescribedRequest>
}

/** In the order in which they are sent. Optional requests without a URL are left out. */
export function describeRequests(input: DescribeInput): RequestDescription[] {
  const readable = withReadableKeys(input)
  const placeholders = makePlaceholders(readable)
  return planRequests(readable, placeholders).map(({ build, ...planned }) => ({
    ...planned,
    request: describe(buildSafely(build), placeholders),
  }))
}

/** An incomplete draft must never break the page. */
function buildSafely(build: () => Result<BuiltRequest>): Result<BuiltRequest> {
  try {
    return build()
  } catch {
    return refuse('unexpected', 'This request cannot be shown yet, because the method is incomplete.')
  }
}

/** Placeholders for keys are text, whatever the encoding of the real key. */
function withReadableKeys(input: PlaceholderInput): PlaceholderInput {
  const { options } = input.method
  const { jwt, signature } = options
  const readable = <Key extends { keyEncoding: string }>(key: Key) =>
    key.keyEncoding === 'pem' ? key : { ...key, keyEncoding: 'text' }
  const method: MethodDefinition = {
    ...input.method,
    options: { ...options, jwt: readable(jwt), signature: readable(signature) },
  }
  return { ...input, method }
}

function describe(built: Result<BuiltRequest>, { shown }: Placeholders): Result<DescribedRequest> {
  if (!built.ok) return { ok: false, error: { ...built.error, message: shown(built.error.message) } }
  const { request, secrets } = built.value
  const body =
    typeof request.body === 'string'
      ? request.body
      : request.body === null
        ? ''
        : new TextDecoder().decode(request.body)
  const plain = (text: string) => shown(text, secrets)
  return succeed({
    method: request.method,
    url: plain(request.url),
    headers: request.headers.map(([name, value]) => [name, plain(value)]),
    body: plain(body),
    jwts: jwtsIn([request.url, ...request.headers.map(([, value]) => value), body], plain),
  })
}
