import { findInAnswer, parseSource, textInAnswer, textOfValue } from '../answers/answer-source'
import { structureOf } from '../answers/answer'
import { fitsKeptValue, longestToken } from '../method-options/kept-variables'
import type { KeptFromAnswer, MethodOptions } from '../method-options/options-schema'
import type { ConnectorDefinition, Extraction, PhaseDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import type { OutboundAnswer } from '../http-messages'
import { createRedactor } from '../redaction'
import { renderTemplate } from '../templates/render-template'
import { succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import type { TemplateScope } from '../templates/template'
import { earliest, lifetimeFrom, readExpiry } from '../answers/token-expiry'
import { secretValuesOf, type VariableValues } from '../variables/resolve-variables'
import { fitsRule, isRejectedByRule } from '../answers/verification'
import { oauthScope } from './authorize-url'
import { hintsFrom, oauthErrorOf, refusedBy, unusable, type TokenFailure } from './token-failure'
import { exchangeSteps } from './token-settings'

export type { TokenFailure } from './token-failure'

/** A value of the answer that stays with the instance; with an end of its own it is a further token. */
export type KeptFromGrant = { key: string; value: string; secret: boolean; expiresAt: Date | null }

export type TokenGrant = {
  /** Null where a refresh was answered without one and the method says that this extends the token there is. */
  accessToken: string | null
  /** Null where the answer holds none: the earlier one stays in use (RFC 6749 §6). */
  refreshToken: string | null
  tokenType: string
  /** Null where the answer names none: as asked for. */
  scope: string | null
  /** When the first of its tokens ends; null where nobody knows. */
  expiresAt: Date | null
  kept: KeptFromGrant[]
}

export type StepAnswerInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  /** Of the token requests so far, in their order. */
  answers: readonly OutboundAnswer[]
  /** Of the requests: removed from what the third party says. */
  secrets: readonly string[]
}

export type TokenAnswerInput = StepAnswerInput & { phase?: 'exchange' | 'refresh'; now: Date }

type Reading = StepAnswerInput & {
  answer: OutboundAnswer
  options: MethodOptions
  scope: TemplateScope
  phase: 'exchange' | 'refresh'
  row: PhaseDefinition | undefined
}

/** Reads the answer of a token request that is not the last: what it extracts, for those that come after it. */
export function readStepAnswer(input: StepAnswerInput): Result<[name: string, value: string][], TokenFailure> {
  const reading = openAnswer(input, 'exchange')
  if (!reading.ok) return reading
  const extractions = reading.value.row?.extract ?? []
  const judged = judge(
    reading.value,
    extractions.map(({ path }) => path),
  )
  if (!judged.ok) return judged
  const values: [string, string][] = []
  for (const { variable, path } of extractions) {
    const source = renderPath(reading.value, path)
    if (!source.ok) return source
    const value = textInAnswer(input.answers, source.value)
    if (value === '') return missed(reading.value, `nothing at ${source.value}, which is wanted as ${variable}`)
    values.push([variable, value])
  }
  return succeed(values)
}

/**
 * Reads the tokens from the answers of all token requests: JSON, a form, XML or headers. @see RFC 6749 §5.1 and §5.2
 */
export function readTokenAnswer(input: TokenAnswerInput): Result<TokenGrant, TokenFailure> {
  const reading = openAnswer(input, input.phase ?? 'exchange')
  if (!reading.ok) return reading
  const { options } = reading.value
  const judged = judge(reading.value, [options.tokenPath])
  if (!judged.ok) return judged
  const path = renderPath(reading.value, options.tokenPath)
  if (!path.ok) return path
  const found = findInAnswer(input.answers, path.value)
  const token = tokenIn(found)
  if (token !== null) return readGrant(reading.value, path.value, token, input.now)
  const isRefresh = reading.value.phase === 'refresh'
  const isExtension =
    options.refreshWithoutToken && isRefresh && isNothing(found) && oauthErrorOf(reading.value.answer) === null
  return isExtension
    ? readGrant(reading.value, path.value, null, input.now)
    : withoutToken(reading.value, path.value, found)
}

function openAnswer(input: StepAnswerInput, phase: Reading['phase']): Result<Reading, TokenFailure> {
  const answer = input.answers.at(-1) ?? { status: 0, headers: [], body: new Uint8Array() }
  const { options } = input.method
  const rows = exchangeSteps(input.method)
  const own =
    phase === 'refresh' ? input.method.phases.find(({ kind }) => kind === 'refresh') : rows[input.answers.length - 1]
  const first = phase === 'refresh' ? rows[0] : undefined
  // A refresh takes over from the first token request what it does not say itself (DATA §4).
  const row = own && {
    ...own,
    successRule: own.successRule ?? first?.successRule ?? null,
    extract: own.extract ?? first?.extract ?? null,
  }
  return succeed({ ...input, answer, phase, options, scope: oauthScope(input), row: row ?? first })
}

/**
 * Whether the answer is one to read on: the method's rule, else any 2xx, and a redirect where its headers hold what is
 * wanted.
 */
function judge(reading: Reading, sources: readonly string[]): Result<null, TokenFailure> {
  const { answer, row } = reading
  const rule = row?.successRule ?? null
  if (isRejectedByRule(rule, answer)) return refusedBy(reading, true)
  const saysStatuses = (rule?.statuses?.length ?? 0) > 0
  const redirects = answer.status >= 300 && answer.status < 400 && !saysStatuses && sources.some(isInHeaders)
  if (fitsRule(redirects ? { ...rule, statuses: [answer.status] } : rule, answer)) return succeed(null)
  if (saysStatuses || answer.status < 200 || answer.status > 299) return refusedBy(reading, false)
  return missed(reading, `nothing at ${rule?.jsonPath}, by which the method knows success`)
}

function isInHeaders(path: string): boolean {
  const source = parseSource(path)
  return source.ok && ['header', 'cookie', 'url'].includes(source.value.place)
}

function renderPath(reading: Reading, source: string): Result<string, TokenFailure> {
  const template = parseTemplate(source)
  let exposed = false
  const rendered = template.ok
    ? renderTemplate(template.value, reading.scope, { onSecret: () => (exposed = true) })
    : template
  // It is quoted where nothing is found.
  if (exposed)
    return unusable(reading, 'invalid_value', 'Where something stands in the answer cannot be made from a secret.')
  return rendered.ok ? succeed(rendered.value.trim()) : unusable(reading, rendered.error.code, rendered.error.message)
}

/** One word, or a scheme and a word; a number is written out. */
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
  if (inBody && structureOf(reading.answer) === undefined) {
    const message = 'The token endpoint answered with neither JSON nor a form nor XML, so no token can be read from it.'
    return unusable(reading, 'invalid_answer', message)
  }
  return missed(reading, isNothing(found) ? `no token at ${path}` : `something else than a token at ${path}`)
}

/** An answer that says an error instead is a refusal. */
function missed(reading: Reading, what: string): { ok: false; error: TokenFailure } {
  if (oauthErrorOf(reading.answer) !== null) return refusedBy(reading, false)
  const help = what.includes('token at')
    ? ' Look at Response authentication token key, or at where the token is in the answer.'
    : ''
  return unusable(reading, 'no_token', `The token endpoint's answer has ${what}.${hintsFrom(reading)}${help}`)
}

function readGrant(
  reading: Reading,
  tokenPath: string,
  accessToken: string | null,
  now: Date,
): Result<TokenGrant, TokenFailure> {
  const { answers, options } = reading
  const refreshPath = renderPath(reading, options.refreshTokenPath)
  if (!refreshPath.ok) return refreshPath
  const expiryPath = renderPath(reading, options.expiryPath)
  if (!expiryPath.ok) return expiryPath
  const kept = keptOf(reading, now)
  if (!kept.ok) return kept
  const refreshToken = tokenIn(findInAnswer(answers, refreshPath.value))
  const hides = createRedactor({ secrets: [accessToken ?? '', refreshToken ?? '', ...secretValuesOf(reading.scope)] })
  const own = readExpiry(findInAnswer(answers, expiryPath.value), options, accessToken ?? '', now)
  return succeed({
    accessToken,
    refreshToken,
    tokenType: textBeside(answers, tokenPath, 'token_type') || 'Bearer',
    scope: textBeside(answers, tokenPath, 'scope') || textBeside(answers, tokenPath, 'scopes') || null,
    expiresAt: earliest([
      own ?? lifetimeFrom(now, options.defaultLifetimeSeconds),
      ...kept.value.map(({ expiresAt }) => expiresAt),
    ]),
    // What is kept is shown, unless it is secret: a method that names a token there does not make it readable.
    kept: kept.value.map((value) => ({ ...value, secret: value.secret || hides.text(value.value) !== value.value })),
  })
}

/** Next to the token where that is nested (`data.access_token` has `data.scope`), else at the top. */
function textBeside(answers: readonly OutboundAnswer[], tokenPath: string, name: string): string {
  const [, holder] = /^(.+)\.[\w-]+$/.exec(tokenPath) ?? []
  return (holder === undefined ? '' : textInAnswer(answers, `${holder}.${name}`)) || textInAnswer(answers, name)
}

/** Values of the answers to keep as variables (an instance URL, a further token); one that is not there is left out. */
function keptOf(reading: Reading, now: Date): Result<KeptFromGrant[], TokenFailure> {
  const kept = new Map<string, KeptFromGrant>()
  for (const { variable, path, secret, expiryPath, answers } of keptSources(reading)) {
    const source = renderPath(reading, path)
    if (!source.ok) return source
    const end = renderPath(reading, expiryPath)
    if (!end.ok) return end
    const value = textOfValue(findInAnswer(answers, source.value)).trim()
    const isSecret = secret || (reading.scope.get(variable)?.secret ?? false)
    if (value === '' || !fitsKeptValue(value, isSecret)) continue
    const expiresAt =
      end.value === '' ? null : readExpiry(findInAnswer(answers, end.value), reading.options, value, now)
    kept.set(variable, { key: variable, value, secret: isSecret, expiresAt })
  }
  return succeed([...kept.values()])
}

type KeptSource = KeptFromAnswer & { answers: readonly OutboundAnswer[] }

/** What a token request extracts stays as well, where the method has a variable for it. */
function keptSources({ options, method, scope, phase, row, answers }: Reading): KeptSource[] {
  const rows = phase === 'refresh' ? [row] : exchangeSteps(method)
  const extracted = rows.flatMap((each, index) =>
    (each?.extract ?? []).map((extraction: Extraction) => ({
      ...extraction,
      expiryPath: '',
      answers: answers.slice(0, index + 1),
    })),
  )
  return [
    ...extracted.filter(({ variable }) => scope.has(variable)),
    ...options.kept.map((one) => ({ ...one, answers })),
  ]
}
