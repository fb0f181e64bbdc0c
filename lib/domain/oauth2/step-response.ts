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
 * Reads the response to one token request: whether it is a success, where to find values in it, and which values an
 * intermediate response provides for later requests.
 */

export type StepResponseInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  /** The responses to the token requests so far, in order. */
  responses: readonly OutboundResponse[]
  /** The secrets of the requests, redacted in quotations of the third party. */
  secrets: KnownSecrets
}

export type Reading = StepResponseInput & {
  response: OutboundResponse
  options: MethodOptions
  scope: TemplateScope
  phase: 'exchange' | 'refresh'
  row: PhaseDefinition | undefined
}

/** Reads an intermediate response: the values that it provides for later token requests. */
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
    if (value === '') return missed(reading, `no value at ${source.value}, which is needed for ${variable}`)
    values.push([variable, value])
  }
  return succeed(values)
}

/** The last response, with the definition of the request that it belongs to. */
export function openResponse(input: StepResponseInput, phase: Reading['phase']): Reading {
  const response = input.responses.at(-1) ?? { status: 0, headers: [], body: new Uint8Array() }
  const { options } = input.method
  const rows = exchangeSteps(input.method)
  const own =
    phase === 'refresh' ? input.method.phases.find(({ kind }) => kind === 'refresh') : rows[input.responses.length - 1]
  const first = phase === 'refresh' ? rows[0] : undefined
  // A refresh uses the settings of the first token request where it has none of its own (DATA §4).
  const row = own && {
    ...own,
    successRule: own.successRule ?? first?.successRule ?? null,
    extract: own.extract ?? first?.extract ?? null,
  }
  return { ...input, response, phase, options, scope: oauthScope(input), row: row ?? first }
}

/**
 * Whether the response is a success: it matches the method's rule; without a rule it has any 2xx status, or is a
 * redirect whose headers contain the values that are needed.
 */
export function judge(reading: Reading, sources: readonly string[]): Result<null, TokenFailure> {
  const { response, row } = reading
  const rule = row?.successRule ?? null
  if (isRejectedByRule(rule, response)) return refusedBy(reading, true)
  const saysStatuses = (rule?.statuses?.length ?? 0) > 0
  const redirects = response.status >= 300 && response.status < 400 && !saysStatuses && sources.some(isInHeaders)
  if (fitsRule(redirects ? { ...rule, statuses: [response.status] } : rule, response)) return succeed(null)
  if (saysStatuses || response.status < 200 || response.status > 299) return refusedBy(reading, false)
  return missed(reading, `no value at ${rule?.jsonPath}, which the method requires for success`)
}

function isInHeaders(path: string): boolean {
  const source = parseSource(path)
  return source.ok && ['header', 'cookie', 'url'].includes(source.value.place)
}

/** Renders a source of the method, which may contain variables. */
export function renderPath(reading: Reading, source: string): Result<string, TokenFailure> {
  const template = parseTemplate(source)
  const rendered = template.ok ? renderTemplate(template.value, reading.scope) : template
  if (!rendered.ok) return unusable(reading, rendered.error.code, rendered.error.message)
  const { text, secrecy } = rendered.value
  // Messages quote it if nothing is found there.
  if (secrecy !== 'none')
    return unusable(
      reading,
      'invalid_value',
      'A name or path in the response cannot contain a secret. Use a variable that is not secret.',
    )
  return succeed(text.trim())
}

/** A response without the value that is needed. If it reports an error instead, it is a refusal. */
export function missed(reading: Reading, what: string): { ok: false; error: TokenFailure } {
  if (oauthErrorOf(reading.response) !== null) return refusedBy(reading, false)
  return unusable(
    reading,
    'no_token',
    `The token response of ${reading.connector.name} has ${what}.${hintsFrom(reading)}`,
  )
}
