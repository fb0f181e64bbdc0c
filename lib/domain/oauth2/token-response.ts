import { findInResponses, parseSource, textInResponses, textOfValue } from '../responses/response-source'
import { structureOf, unreadableJson } from '../responses/response'
import { earliest, lifetimeFrom, readExpiry } from '../responses/token-expiry'
import type { Extraction } from '../definitions'
import type { OutboundResponse } from '../http-messages'
import { fitsStoredValue, longestToken } from '../method-options/response-variables'
import type { StoredValueOption } from '../method-options/options-schema'
import { createRedactor } from '../redaction'
import { succeed, type Result } from '../result'
import { SecretBook } from '../secret-book'
import { addSecretsOf } from '../variables/resolve-variables'
import { judge, missed, openResponse, renderPath, type Reading, type StepResponseInput } from './step-response'
import { oauthErrorOf, unusable, type TokenFailure } from './token-failure'
import { exchangeSteps } from './token-settings'

/** Reads the tokens from the last token response, and the values that are stored with the instance. */

/** A value of a response to store with the instance. One with its own expiry is an additional token. */
export type ValueToStore = { key: string; value: string; secret: boolean; expiresAt: Date | null }

export type TokenGrant = {
  /** Null if a refresh returns no token and the method says that this extends the current one. */
  accessToken: string | null
  /** Null if the response has none: the earlier one stays in use (RFC 6749 §6). */
  refreshToken: string | null
  tokenType: string
  /** Null if the response has none: the scope is the requested one. */
  scope: string | null
  /** When the first of its tokens expires; null if unknown. */
  expiresAt: Date | null
  stored: ValueToStore[]
}

export type TokenResponseInput = StepResponseInput & { phase?: 'exchange' | 'refresh'; now: Date }

/**
 * Reads the tokens from the responses to all token requests: JSON, a form, XML or headers. @see RFC 6749 §5.1 and §5.2
 */
export function readTokenResponse(input: TokenResponseInput): Result<TokenGrant, TokenFailure> {
  const reading = openResponse(input, input.phase ?? 'exchange')
  const { options } = reading
  const judged = judge(reading, [options.tokenPath])
  if (!judged.ok) return judged
  const path = renderPath(reading, options.tokenPath)
  if (!path.ok) return path
  const found = findInResponses(input.responses, path.value)
  const token = tokenIn(found)
  if (token !== null) return readGrant(reading, path.value, token, input.now)
  const isRefresh = reading.phase === 'refresh'
  const isExtension =
    options.refreshWithoutToken && isRefresh && isNothing(found) && oauthErrorOf(reading.response) === null
  return isExtension ? readGrant(reading, path.value, null, input.now) : withoutToken(reading, path.value, found)
}

/** A token is one word, or a scheme and a word; a number is written out. */
function tokenIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return text.length <= longestToken &&
    /^[\u0021-\u003b\u003d-\u007e][\u0021-\u007e]*(?: [\u0021-\u007e]+)?$/.test(text)
    ? text
    : null
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function withoutToken(reading: Reading, path: string, found: unknown): { ok: false; error: TokenFailure } {
  const source = parseSource(path)
  const inBody = source.ok && source.value.place === 'body' && source.value.step === null
  if (inBody && structureOf(reading.response) === undefined) {
    const problem = unreadableJson(reading.response)
    const message =
      problem === null
        ? `The token response of ${reading.connector.name} is neither JSON nor a form nor XML, so it has no readable token. Check the token URL.`
        : `The token response of ${reading.connector.name} ${problem}.`
    return unusable(reading, 'invalid_answer', message)
  }
  const { ok, error } = missed(
    reading,
    isNothing(found) ? `no token at ${path}` : `a value at ${path} that is not a token`,
  )
  const help = ' Check “Response authentication token key” and the token settings of the method.'
  return { ok, error: error.code === 'no_token' ? { ...error, message: `${error.message}${help}` } : error }
}

function readGrant(
  reading: Reading,
  tokenPath: string,
  accessToken: string | null,
  now: Date,
): Result<TokenGrant, TokenFailure> {
  const { responses, options } = reading
  const refreshPath = renderPath(reading, options.refreshTokenPath)
  if (!refreshPath.ok) return refreshPath
  const expiryPath = renderPath(reading, options.expiryPath)
  if (!expiryPath.ok) return expiryPath
  const stored = valuesToStore(reading, now)
  if (!stored.ok) return stored
  const refreshToken = tokenIn(findInResponses(responses, refreshPath.value))
  const hides = createRedactor({ secrets: secretsBeside(reading, accessToken, refreshToken) })
  const own = readExpiry(findInResponses(responses, expiryPath.value), options, accessToken ?? '', now)
  return succeed({
    accessToken,
    refreshToken,
    tokenType: textBeside(responses, tokenPath, 'token_type') || 'Bearer',
    scope: textBeside(responses, tokenPath, 'scope') || textBeside(responses, tokenPath, 'scopes') || null,
    expiresAt: earliest([
      own ?? lifetimeFrom(now, options.defaultLifetimeSeconds),
      ...stored.value.map(({ expiresAt }) => expiresAt),
    ]),
    // Stored values are shown unless they are secret. A method that stores a token does not make it readable.
    stored: stored.value.map((value) => ({
      ...value,
      secret: value.secret || hides.text(value.value) !== value.value,
    })),
  })
}

/** The tokens and the method's own secrets, which a method may name among the values to store. */
function secretsBeside({ scope }: Reading, ...tokens: (string | null)[]): SecretBook {
  const secrets = SecretBook.of(...tokens)
  addSecretsOf(scope, secrets)
  return secrets
}

/** Looks next to a nested token first (`data.scope` beside `data.access_token`), then at the top level. */
function textBeside(responses: readonly OutboundResponse[], tokenPath: string, name: string): string {
  const [, holder] = /^(.+)\.[\w-]+$/.exec(tokenPath) ?? []
  return (
    (holder === undefined ? '' : textInResponses(responses, `${holder}.${name}`)) || textInResponses(responses, name)
  )
}

/** The values to store as variables, for example an instance URL or an additional token. Missing ones are left out. */
function valuesToStore(reading: Reading, now: Date): Result<ValueToStore[], TokenFailure> {
  const stored = new Map<string, ValueToStore>()
  for (const { variable, path, secret, expiryPath, responses } of valueSources(reading)) {
    const source = renderPath(reading, path)
    if (!source.ok) return source
    const end = renderPath(reading, expiryPath)
    if (!end.ok) return end
    const value = textOfValue(findInResponses(responses, source.value)).trim()
    const isSecret = secret || (reading.scope.get(variable)?.secrecy ?? 'none') !== 'none'
    if (value === '' || !fitsStoredValue(value, isSecret)) continue
    const expiresAt =
      end.value === '' ? null : readExpiry(findInResponses(responses, end.value), reading.options, value, now)
    stored.set(variable, { key: variable, value, secret: isSecret, expiresAt })
  }
  return succeed([...stored.values()])
}

type ValueSource = StoredValueOption & { responses: readonly OutboundResponse[] }

/** Values that a token request extracts are stored as well if the method has a variable for them. */
function valueSources({ options, method, scope, phase, row, responses }: Reading): ValueSource[] {
  const rows = phase === 'refresh' ? [row] : exchangeSteps(method)
  const extracted = rows.flatMap((each, index) =>
    (each?.extract ?? []).map((extraction: Extraction) => ({
      ...extraction,
      expiryPath: '',
      responses: responses.slice(0, index + 1),
    })),
  )
  return [
    ...extracted.filter(({ variable }) => scope.has(variable)),
    ...options.kept.map((one) => ({ ...one, responses })),
  ]
}
