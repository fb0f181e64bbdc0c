import { formOf, jsonOf, reasonOf } from '../answers'
import { readMethodOptions } from '../authentication/method-options'
import type { ExpiryUnit, MethodOptions } from '../authentication/options'
import type { ConnectorDefinition, MethodDefinition, OutboundAnswer } from '../definitions'
import { findByNameOrPath } from '../json-path'
import { createRedactor } from '../redaction'
import { succeed, type Refusal, type Result } from '../result'
import { renderTemplate } from '../render-template'
import { parseTemplate, type TemplateScope } from '../templates'
import type { VariableValues } from '../variables'
import { variableLimits } from '../variable-rules'
import { judgeTokenError } from '../verification'
import { oauthScope } from './authorize-url'

export type TokenGrant = {
  accessToken: string
  /** Null where the answer holds none: the earlier one stays in use (RFC 6749 §6). */
  refreshToken: string | null
  tokenType: string
  /** Null where the answer names none: as asked for. */
  scope: string | null
  /** Null where nobody knows. */
  expiresAt: Date | null
  kept: Record<string, string>
}

export type TokenFailure = Refusal & {
  status: number
  /** The `error` of the answer. @see RFC 6749 §5.2 */
  oauthError: string | null
  outcome: 'rejected' | 'could_not_tell'
}

export type TokenAnswerInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  answer: OutboundAnswer
  /** Of the request: removed from what the third party says. */
  secrets: readonly string[]
  now: Date
}

/** Reads the answer of a token endpoint, JSON or form-encoded. @see RFC 6749 §5.1 and §5.2 */
export function readTokenAnswer(input: TokenAnswerInput): Result<TokenGrant, TokenFailure> {
  const { answer } = input
  const json = jsonOf(answer) ?? formOf(answer)
  const options = readMethodOptions(input.method)
  if (!options.ok) return failure(input, json, options.error.code, options.error.message)
  if (answer.status < 200 || answer.status > 299) return refusedBy(input, json)
  const scope = oauthScope(input)
  const path = renderPath(options.value.tokenPath, scope)
  if (!path.ok) return failure(input, json, path.error.code, path.error.message)
  const token = findByNameOrPath(json, path.value)
  if (typeof token === 'string' && /^[\u0021-\u007e]+$/.test(token)) return readGrant(input, options.value, scope, json, token)
  if (oauthErrorOf(json) !== null) return refusedBy(input, json)
  if (json === undefined) return failure(input, json, 'invalid_answer', 'The token endpoint answered with neither JSON nor a form, so no token can be read from it.')
  const problem = token === undefined || token === '' || token === null ? 'has no token' : 'has something else than a token'
  const help = 'Look at Response authentication token key, or at where the token is in the answer.'
  return failure(input, json, 'no_token', `The token endpoint's answer ${problem} at ${path.value}. ${help}`)
}

const longestErrorCode = 100

function refusedBy(input: TokenAnswerInput, json: unknown): { ok: false; error: TokenFailure } {
  const oauthError = oauthErrorOf(json)
  const error = oauthError === null ? null : createRedactor(input).text(oauthError).slice(0, longestErrorCode)
  const reason = reasonOf(input.answer, input.secrets)
  const said = [error ?? '', reason === error ? '' : reason].filter((part) => part !== '').join(': ')
  const code = judgeTokenError(input.answer.status, oauthError) === 'rejected' ? 'token_refused' : 'could_not_tell'
  return failure(input, json, code, `The token endpoint refused with status ${input.answer.status}${said === '' ? '.' : `: ${said}`}`)
}

function failure(
  { answer, secrets }: TokenAnswerInput,
  json: unknown,
  code: Refusal['code'],
  message: string,
): { ok: false; error: TokenFailure } {
  const oauthError = oauthErrorOf(json)
  const outcome = judgeTokenError(answer.status, oauthError)
  return { ok: false, error: { code, message: createRedactor({ secrets }).text(message), status: answer.status, oauthError, outcome } }
}

function oauthErrorOf(json: unknown): string | null {
  const error = typeof json === 'object' && json !== null && Object.hasOwn(json, 'error') ? (json as Record<string, unknown>).error : null
  return typeof error === 'string' && error !== '' ? error : null
}

function renderPath(source: string, scope: TemplateScope): Result<string> {
  const template = parseTemplate(source)
  return template.ok ? renderTemplate(template.value, scope) : template
}

function readGrant(
  input: TokenAnswerInput,
  options: MethodOptions,
  scope: TemplateScope,
  json: unknown,
  accessToken: string,
): Result<TokenGrant, TokenFailure> {
  const refreshPath = renderPath(options.refreshTokenPath, scope)
  if (!refreshPath.ok) return failure(input, json, refreshPath.error.code, refreshPath.error.message)
  const expiryPath = renderPath(options.expiryPath, scope)
  if (!expiryPath.ok) return failure(input, json, expiryPath.error.code, expiryPath.error.message)
  return succeed({
    accessToken,
    refreshToken: textAt(json, refreshPath.value) || null,
    tokenType: textAt(json, 'token_type') || 'Bearer',
    scope: textAt(json, 'scope') || null,
    expiresAt: expiryOf(findByNameOrPath(json, expiryPath.value), options, input.now),
    kept: keptOf(input.method, options, json),
  })
}

function textAt(json: unknown, path: string): string {
  const value = findByNameOrPath(json, path)
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(' ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

const longestLifetimeMs = 100 * 365 * 24 * 60 * 60 * 1000

/** When the token ends; a lifetime that cannot be read, or is none, counts as not given. */
function expiryOf(value: unknown, { expiryUnit, defaultLifetimeSeconds }: MethodOptions, now: Date): Date | null {
  const given = typeof value === 'string' || typeof value === 'number' ? timeOf(String(value).trim(), expiryUnit, now) : null
  if (given !== null && Number.isFinite(given)) return new Date(Math.min(given, now.getTime() + longestLifetimeMs))
  return defaultLifetimeSeconds === null ? null : new Date(now.getTime() + defaultLifetimeSeconds * 1000)
}

function timeOf(text: string, unit: ExpiryUnit, now: Date): number | null {
  if (unit === 'iso') return Date.parse(text)
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (number <= 0) return null
  if (unit === 'epoch_seconds') return number * 1000
  if (unit === 'epoch_milliseconds') return number
  return now.getTime() + (unit === 'seconds' ? number * 1000 : number)
}

/** Values of the answer to keep as variables (an instance URL, say). */
function keptOf(method: MethodDefinition, options: MethodOptions, json: unknown): Record<string, string> {
  const extractions = [...options.kept, ...(method.phases.find(({ kind }) => kind === 'exchange')?.extract ?? [])]
  const kept = extractions.map(({ variable, path }): [string, string] => [variable, textAt(json, path)])
  return Object.fromEntries(kept.filter(([, value]) => value !== '' && value.length <= variableLimits.value))
}
