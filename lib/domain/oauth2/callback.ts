import type { MethodDefinition } from '../method-options/method-definition'
import { refuse, succeed, type Result } from '../result'
import { variableLimits } from '../variables/variable-rules'
import { sentName } from '../method-options/parameter-names'
import { stateLengths } from './state'

/** What the third party sends with the person back to the redirect URI. @see RFC 6749 §4.1.2 */
export type Callback = {
  state: string | null
  /** Empty where the method expects none. */
  code: string | null
  /** @see RFC 9207 §2 */
  iss: string | null
  error: string | null
  errorDescription: string | null
  /** Every parameter that stands there once, under the name it came by. */
  parameters: ReadonlyMap<string, string>
  /** The name of a duplicate parameter; null without one. */
  repeated: string | null
}

/** What this third party calls the state and the code; the code is null where it sends none at all. */
export type CallbackNames = { state: string; code: string | null }

const standardNames: CallbackNames = { state: 'state', code: 'code' }

/** As the method names them: some send the code as `auth_code`, or an installation's ID in its place. */
export function callbackNames(method: Pick<MethodDefinition, 'type' | 'options'>): CallbackNames {
  const { options } = method
  return {
    state: sentName(options, 'state', 'callback') ?? 'state',
    code: sentName(options, 'code', 'callback'),
  }
}

/** Of what somebody sent, only so much is looked up. */
const mostCandidates = 10

/**
 * Every parameter that could be the state: which it is, only the method says, and that is known once the authorisation
 * has been found by it. The usual name comes first.
 */
export function stateCandidates(search: URLSearchParams): { name: string; value: string }[] {
  const looksLikeState = new RegExp(`^[A-Za-z0-9_-]{${stateLengths.least},${stateLengths.most}}$`)
  return [...parametersOnce(search)]
    .map(([name, value]) => ({ name, value }))
    .filter(({ name, value }) => (name === 'state' && value !== '') || looksLikeState.test(value))
    .sort((one, other) => Number(other.name === 'state') - Number(one.name === 'state'))
    .slice(0, mostCandidates)
}

/** A parameter that is repeated counts as absent. */
function parametersOnce(search: URLSearchParams): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const name of new Set(search.keys())) {
    const all = search.getAll(name)
    if (all.length === 1 && all[0] !== undefined) parameters.set(name, all[0])
  }
  return parameters
}

/** `foundBy` is the parameter by whose value the authorisation was found: under another name it is not the state. */
export function readCallback(search: URLSearchParams, names = standardNames, foundBy = names.state): Callback {
  const parameters = parametersOnce(search)
  const once = (name: string) => parameters.get(name) || null
  return {
    state: foundBy === names.state ? once(names.state) : null,
    // Where no code is sent, that there is none is no reason to refuse.
    code: names.code === null ? '' : once(names.code),
    iss: once('iss'),
    error: once('error'),
    errorDescription: once('error_description'),
    parameters,
    repeated: [...search.keys()].find((name) => !parameters.has(name)) ?? null,
  }
}

/** The pending authorisation that the state's hash led to. */
export type PendingFacts = {
  state: 'live' | 'consumed' | 'superseded'
  expiresAt: Date
  userId: string
  browserHash: string
  methodRevision: number
  instanceRevision: number
  issuer: string | null
}

export type CallbackInput = {
  callback: Callback
  pending: PendingFacts | null
  now: Date
  /** Who is signed in, and the hash of the cookie of the browser that came back; null where there is none. */
  /** Null: not a person. */
  userId: string | null
  browserHash: string | null
  method: Pick<MethodDefinition, 'type' | 'revision' | 'options'>
  /** Of the authorise URL and the token URL: where a method names no issuer, `iss` must be one of theirs. */
  serverOrigins: readonly string[]
  instanceRevision: number
}

/** The code is empty where the method works without one. */
export type AcceptedCallback = { code: string; kept: Record<string, string> }

/**
 * Decides about a callback, in this order: the state, then whether it says one thing only, then the issuer, then what
 * the third party says, then whether what it was begun with is still so, then the code (DATA §8). The code of a callback that fails anywhere is never
 * exchanged.
 */
export function judgeCallback(input: CallbackInput): Result<AcceptedCallback> {
  for (const check of [checkState, checkRepeated, checkIssuer, checkError, checkVersions]) {
    const checked = check(input)
    if (!checked.ok) return checked
  }
  const { code } = input.callback
  if (code === null)
    return refuse('code_missing', 'The third party sent no code. Nothing has changed; authorise again.')
  return succeed({ code, kept: keptFromCallback(input) })
}

/** PRODUCT: OAuth 2 journey, step 3. */
function checkState({ callback, pending, now, userId, browserHash }: CallbackInput): Result<null> {
  if (callback.state === null || pending === null) {
    return refuse(
      'state_unknown',
      'This authorisation is not known here: it was not begun by Patchbay, or its address was changed on the way.',
    )
  }
  if (pending.userId !== userId || browserHash === null || pending.browserHash !== browserHash) {
    return refuse(
      'state_foreign',
      'This authorisation was begun by another person or in another browser. Only whoever began it can finish it, in the same browser.',
    )
  }
  if (pending.state === 'consumed')
    return refuse('state_used', 'This authorisation has already been used. An authorisation works once.')
  if (pending.state === 'superseded')
    return refuse(
      'state_superseded',
      'A newer authorisation of this instance was begun after this one. Finish that one.',
    )
  if (pending.expiresAt.getTime() <= now.getTime())
    return refuse('state_expired', 'This authorisation took longer than ten minutes. Start it again.')
  return succeed(null)
}

/** Parameters must not be included more than once: which of them is meant nobody can tell. @see RFC 6749 §3.1 */
function checkRepeated({ callback: { repeated } }: CallbackInput): Result<null> {
  if (repeated === null) return succeed(null)
  return refuse(
    'parameter_repeated',
    `The response has the parameter “${readable(repeated)}” more than once. The code was not used; authorise again.`,
  )
}

/**
 * Present: it must match exactly. Advertised and absent: refused. Neither: the state binds the token URL. @see RFC 9207
 * §2.4
 */
function checkIssuer({ callback, pending, method, serverOrigins }: CallbackInput): Result<null> {
  const { options } = method
  const expected = pending?.issuer || options.issuer || null
  if (callback.iss === null) {
    if (!options.issuerAdvertised) return succeed(null)
    return refuse(
      'issuer_mismatch',
      'The third party says it names itself in its answers (iss), but this answer does not. The code was not used.',
    )
  }
  const matches =
    expected === null
      ? URL.canParse(callback.iss) && serverOrigins.includes(new URL(callback.iss).origin)
      : callback.iss === expected
  if (matches) return succeed(null)
  return refuse(
    'issuer_mismatch',
    'The answer came from another server than the one this authorisation was begun at (iss differs). The code was not used.',
  )
}

function checkVersions({ pending, method, instanceRevision }: CallbackInput): Result<null> {
  if (pending && pending.methodRevision !== method.revision) {
    return refuse(
      'method_changed',
      'The authentication method was changed while you were at the third party. Nothing has changed on the instance; authorise again.',
    )
  }
  if (pending && pending.instanceRevision !== instanceRevision) {
    return refuse(
      'changed_by_someone_else',
      'The instance was changed by someone else while you were at the third party. What is in force was left as it is.',
    )
  }
  return succeed(null)
}

/** @see RFC 6749 §4.1.2.1 */
function checkError({ callback }: CallbackInput): Result<null> {
  const { error, errorDescription } = callback
  if (error === null) return succeed(null)
  const said = errorDescription === null ? '' : ` It says: ${readable(errorDescription)}`
  if (error === 'access_denied') return refuse('authorisation_denied', `Access was denied at the third party.${said}`)
  return refuse('token_refused', `The third party answered with the error ${readable(error)}.${said}`)
}

/** It comes from an address that anybody can make up: short, and without anything but text. */
function readable(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, 300)
}

function keptFromCallback({ callback, method }: CallbackInput): Record<string, string> {
  const { options } = method
  const wanted = options.keptFromCallback
  const kept = wanted.map(({ variable, parameter }): [string, string] => [
    variable,
    callback.parameters.get(parameter) ?? '',
  ])
  return Object.fromEntries(kept.filter(([, value]) => value !== '' && value.length <= variableLimits.value))
}
