import { parseSource, textInResponses } from '../responses/response-source'
import { fitsRule, isRejectedByRule } from '../responses/verification'
import type { ConnectorDefinition, PhaseDefinition } from '../definitions'
import type { OutboundResponse } from '../http-messages'
import type { MethodDefinition } from '../method-options/method-definition'
import type { MethodOptions } from '../method-options/options-schema'
import { succeed, type Result } from '../result'
import type { KnownSecrets } from '../secret-book'
import { parseTemplate } from '../templates/parse-template'
import { renderTemplate } from '../templates/render-template'
import type { TemplateScope } from '../templates/template'
import type { VariableValues } from '../variables/resolve-variables'
import { oauthScope } from './authorize-url'
import { hintsFrom, oauthErrorOf, refusedBy, unusable, type TokenFailure } from './token-failure'
import { exchangeSteps } from './token-settings'

/**
 * The answer of one token request: whether it is one to read on, where things stand in it, and what one in between
 * gives to the requests after it.
 */

export type StepResponseInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  /** Of the token requests so far, in their order. */
  responses: readonly OutboundResponse[]
  /** Of the requests: removed from what the third party says. */
  secrets: KnownSecrets
}

export type Reading = StepResponseInput & {
  response: OutboundResponse
  options: MethodOptions
  scope: TemplateScope
  phase: 'exchange' | 'refresh'
  row: PhaseDefinition | undefined
}

/** Reads the answer of a token request that is not the last: what it extracts, for those that come after it. */
export function readStepResponse(input: StepResponseInput): Result<[name: string, value: string][], TokenFailure> {
  const reading = openResponse(input, 'exchange')
  const extractions = reading.row?.extract ?? []
  const judged = judge(
    reading,
    extractions.map(({ path }) => path),
  )
  if (!judged.ok) return judged
  const values: [string, string][] = []
  for (const { variable, path } of extractions) {
    const source = renderPath(reading, path)
    if (!source.ok) return source
    const value = textInResponses(input.responses, source.value)
    if (value === '') return missed(reading, `nothing at ${source.value}, which is wanted as ${variable}`)
    values.push([variable, value])
  }
  return succeed(values)
}

/** The answer that came last, with the row of the request that it answers. */
export function openResponse(input: StepResponseInput, phase: Reading['phase']): Reading {
  const response = input.responses.at(-1) ?? { status: 0, headers: [], body: new Uint8Array() }
  const { options } = input.method
  const rows = exchangeSteps(input.method)
  const own =
    phase === 'refresh' ? input.method.phases.find(({ kind }) => kind === 'refresh') : rows[input.responses.length - 1]
  const first = phase === 'refresh' ? rows[0] : undefined
  // A refresh takes over from the first token request what it does not say itself (DATA §4).
  const row = own && {
    ...own,
    successRule: own.successRule ?? first?.successRule ?? null,
    extract: own.extract ?? first?.extract ?? null,
  }
  return { ...input, response, phase, options, scope: oauthScope(input), row: row ?? first }
}

/**
 * Whether the answer is one to read on: the method's rule, else any 2xx, and a redirect where its headers hold what is
 * wanted.
 */
export function judge(reading: Reading, sources: readonly string[]): Result<null, TokenFailure> {
  const { response, row } = reading
  const rule = row?.successRule ?? null
  if (isRejectedByRule(rule, response)) return refusedBy(reading, true)
  const saysStatuses = (rule?.statuses?.length ?? 0) > 0
  const redirects = response.status >= 300 && response.status < 400 && !saysStatuses && sources.some(isInHeaders)
  if (fitsRule(redirects ? { ...rule, statuses: [response.status] } : rule, response)) return succeed(null)
  if (saysStatuses || response.status < 200 || response.status > 299) return refusedBy(reading, false)
  return missed(reading, `nothing at ${rule?.jsonPath}, by which the method knows success`)
}

function isInHeaders(path: string): boolean {
  const source = parseSource(path)
  return source.ok && ['header', 'cookie', 'url'].includes(source.value.place)
}

/** Where something stands in the answer, as the method says with its variables. */
export function renderPath(reading: Reading, source: string): Result<string, TokenFailure> {
  const template = parseTemplate(source)
  const rendered = template.ok ? renderTemplate(template.value, reading.scope) : template
  if (!rendered.ok) return unusable(reading, rendered.error.code, rendered.error.message)
  const { text, secrecy } = rendered.value
  // It is quoted where nothing is found.
  if (secrecy !== 'none')
    return unusable(reading, 'invalid_value', 'Where something stands in the answer cannot be made from a secret.')
  return succeed(text.trim())
}

/** An answer that says an error instead is a refusal. */
export function missed(reading: Reading, what: string): { ok: false; error: TokenFailure } {
  if (oauthErrorOf(reading.response) !== null) return refusedBy(reading, false)
  const help = what.includes('token at')
    ? ' Look at Response authentication token key, or at where the token is in the answer.'
    : ''
  return unusable(reading, 'no_token', `The token endpoint's answer has ${what}.${hintsFrom(reading)}${help}`)
}
