import type { MethodDefinition } from '../method-options/method-definition'
import { refuse, succeed, type Result } from '../result'
import { quotation } from '../sentences'
import { variableLimits } from '../variables/value-rules'
import { sentName } from '../method-options/parameter-names'
import { stateLengths } from './state'

/** The parameters with which the third party sends the person back to the redirect URI. @see RFC 6749 §4.1.2 */
export type Callback = {
  state: string | null
  /** Empty if the method expects no code. */
  code: string | null
  /** @see RFC 9207 §2 */
  iss: string | null
  error: string | null
  errorDescription: string | null
  /** Every parameter that occurs once, by its name. */
  parameters: ReadonlyMap<string, string>
  /** The name of a duplicate parameter; null without duplicates. */
  repeated: string | null
}

/** The names of the state and the code at this third party; the code is null if it never sends one. */
export type CallbackNames = { state: string; code: string | null }

const standardNames: CallbackNames = { state: 'state', code: 'code' }

/** The names that the method sets: some vendors send the code as `auth_code`, or an installation ID in its place. */
export function callbackNames(method: Pick<MethodDefinition, 'type' | 'options'>): CallbackNames {
  const { options } = method
  return {
    state: sentName(options, 'state', 'callback') ?? 'state',
    code: sentName(options, 'code', 'callback'),
  }
}

/** Anybody can send a callback, so only this many candidates are looked up. */
const mostCandidates = 10

/**
 * Every parameter that could be the state. Only the method says which one it is, and the method is known only after the
 * authorisation has been found by its state. The usual name comes first.
 */
export function stateCandidates(search: URLSearchParams): { name: string; value: string }[] {
  const looksLikeState = new RegExp(`^[A-Za-z0-9_-]{${stateLengths.least},${stateLengths.most}}$`)
  return [...parametersOnce(search)]
    .map(([name, value]) => ({ name, value }))
    .filter(({ name, value }) => (name === 'state' && value !== '') || looksLikeState.test(value))
    .sort((one, other) => Number(other.name === 'state') - Number(one.name === 'state'))
    .slice(0, mostCandidates)
}

/** The parameters without duplicates: one that is repeated counts as missing. */
function parametersOnce(search: URLSearchParams): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const name of new Set(search.keys())) {
    const all = search.getAll(name)
    if (all.length === 1 && all[0] !== undefined) parameters.set(name, all[0])
  }
  return parameters
}

/** @param foundBy the parameter by whose value the authorisation was found; under any other name it is not the state */
export function readCallback(search: URLSearchParams, names = standardNames, foundBy = names.state): Callback {
  const parameters = parametersOnce(search)
  const once = (name: string) => parameters.get(name) || null
  return {
    state: foundBy === names.state ? once(names.state) : null,
    // A third party that never sends a code is not refused for a missing one.
    code: names.code === null ? '' : once(names.code),
    iss: once('iss'),
    error: once('error'),
    errorDescription: once('error_description'),
    parameters,
    repeated: [...search.keys()].find((name) => !parameters.has(name)) ?? null,
  }
}

/** The pending authorisation found by the hash of the state. */
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
  /** The person who is signed in; null if nobody is. */
  userId: string | null
  /** The hash of the browser's cookie; null without a cookie. */
  browserHash: string | null
  method: Pick<MethodDefinition, 'type' | 'revision' | 'options'>
  /** The origins of the authorise URL and the token URL. If the method has no issuer, `iss` must be one of them. */
  serverOrigins: readonly string[]
  instanceRevision: number
}

/** The code is empty if the method works without one; `values` are those to store, by variable. */
export type AcceptedCallback = { code: string; values: Record<string, string> }

/**
 * Checks a callback in this order: the state, duplicate parameters, the issuer, an error of the third party, changes of
 * the method or the instance in the meantime, the code (DATA §8). If any check fails, the code is never exchanged.
 */
export function judgeCallback(input: CallbackInput): Result<AcceptedCallback> {
  for (const check of [checkState, checkRepeated, checkIssuer, checkError, checkVersions]) {
    const checked = check(input)
    if (!checked.ok) return checked
  }
  const { code } = input.callback
  if (code === null)
    return refuse('code_missing', 'The third party sent no code. Nothing has changed; authorise again.')
  return succeed({ code, values: valuesToStore(input) })
}

/** PRODUCT: OAuth 2 journey, step 3. */
function checkState({ callback, pending, now, userId, browserHash }: CallbackInput): Result<null> {
  if (callback.state === null || pending === null) {
    return refuse(
      'state_unknown',
      'This authorisation is unknown: Patchbay did not start it, or its address was changed on the way. Start again from the instance.',
    )
  }
  if (pending.userId !== userId || browserHash === null || pending.browserHash !== browserHash) {
    return refuse(
      'state_foreign',
      'This authorisation was started by another person or in another browser. It must be finished by the same person in the same browser.',
    )
  }
  if (pending.state === 'consumed')
    return refuse('state_used', 'This authorisation has already been used. Each authorisation works only once.')
  if (pending.state === 'superseded')
    return refuse(
      'state_superseded',
      'A newer authorisation of this instance was started after this one. Finish the newer one.',
    )
  if (pending.expiresAt.getTime() <= now.getTime())
    return refuse('state_expired', 'This authorisation took longer than ten minutes and has expired. Start it again.')
  return succeed(null)
}

/** A duplicate parameter is ambiguous. @see RFC 6749 §3.1 */
function checkRepeated({ callback: { repeated } }: CallbackInput): Result<null> {
  if (repeated === null) return succeed(null)
  return refuse(
    'parameter_repeated',
    `The response has the parameter “${readable(repeated)}” more than once. The code was not used; authorise again.`,
  )
}

/**
 * If `iss` is present, it must match exactly. If it is missing although the server announces it, the callback is
 * refused. Otherwise the state binds the token URL. @see RFC 9207 §2.4
 */
function checkIssuer({ callback, pending, method, serverOrigins }: CallbackInput): Result<null> {
  const { options } = method
  const expected = pending?.issuer || options.issuer || null
  if (callback.iss === null) {
    if (!options.issuerAdvertised) return succeed(null)
    return refuse(
      'issuer_mismatch',
      'The issuer (iss) is missing in the response, although the third party announces that it sends one. The code was not used.',
    )
  }
  const matches =
    expected === null
      ? URL.canParse(callback.iss) && serverOrigins.includes(new URL(callback.iss).origin)
      : callback.iss === expected
  if (matches) return succeed(null)
  return refuse(
    'issuer_mismatch',
    'The response came from a different server than the one where this authorisation was started (iss differs). The code was not used.',
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
      'The instance was changed by someone else while you were at the third party. It was left unchanged; authorise again.',
    )
  }
  return succeed(null)
}

/** @see RFC 6749 §4.1.2.1 */
function checkError({ callback }: CallbackInput): Result<null> {
  const { error, errorDescription } = callback
  if (error === null) return succeed(null)
  const said = errorDescription === null ? '' : ` It says: ${quotation(readable(errorDescription))}`
  if (error === 'access_denied') return refuse('authorisation_denied', `Access was denied at the third party.${said}`)
  return refuse('token_refused', `The third party returned the error “${readable(error)}”.${said}`)
}

/** Untrusted text from an address that anybody can make up: shortened, without control characters. */
function readable(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, 300)
}

function valuesToStore({ callback, method }: CallbackInput): Record<string, string> {
  const values = method.options.keptFromCallback.map(({ variable, parameter }): [string, string] => [
    variable,
    callback.parameters.get(parameter) ?? '',
  ])
  return Object.fromEntries(values.filter(([, value]) => value !== '' && value.length <= variableLimits.value))
}
