import type { ParameterDefinition } from '../definitions'
import { checkCookieName, encodeCookieValue } from './cookies'
import { checkHeader } from './headers'
import { comparedKey } from './parameter-keys'
import { succeed, type Result } from '../result'
import type { Rendered, Secrecy } from '../secrecy'
import { renderTemplate, renderUnlessEmpty } from '../templates/render-template'
import { parseFlowValue, parseTemplate } from '../templates/parse-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { ParameterLocation, PhaseKind } from '../vocabulary'

/** Parameters: key/value pairs of the URL, the headers, the body or a cookie. Key names are sent exactly as typed. */

export type ParameterInput = {
  scope: TemplateScope
  context: TemplateContext
  /**
   * The values of a shape for optional parameters, by parameter ID. Data that may contain flow values, never templates.
   */
  filters?: ReadonlyMap<string, string>
}

export type RenderedParameter = {
  key: string
  value: string
  /** A secret is removed on a redirect to another origin and never shown. */
  secrecy: Secrecy
}

/** The parameters of a method that a request of this phase and step sends (DATA §4). */
export function parametersOfPhase(
  parameters: readonly ParameterDefinition[],
  phase: PhaseKind,
  step = 0,
): ParameterDefinition[] {
  return parameters.filter(
    ({ phases, steps }) => phases.includes(phase) && (steps.length === 0 || steps.includes(step)),
  )
}

/**
 * The pairs of a location. A required parameter is always sent, an optional one if a filter or its template gives it a
 * value. A parameter whose text uses an optional variable without a value is left out (DATA §3).
 */
export function renderParameters(
  parameters: readonly ParameterDefinition[],
  location: ParameterLocation,
  input: ParameterInput,
): Result<RenderedParameter[]> {
  const rendered: RenderedParameter[] = []
  for (const parameter of parameters) {
    if (parameter.place !== location) continue
    const value = renderParameter(parameter, input)
    if (!value.ok) return value
    if (value.value) rendered.push(value.value)
  }
  return succeed(rendered)
}

/** The parameters of a request by owner. */
export type ParameterLevels = Record<'connector' | 'method' | 'endpoint', readonly ParameterDefinition[]>

/**
 * The pairs of a location from all owners. Of the same key the nearest owner's is sent: endpoint, method, connector
 * (DATA §16); an omitted one replaces nothing. One owner may send a key several times.
 * @param given keys that the method or the endpoint sends in another way, which replace the connector's
 */
export function renderLevels(
  levels: ParameterLevels,
  location: ParameterLocation,
  input: ParameterInput,
  given: readonly string[] = [],
): Result<RenderedParameter[]> {
  const rendered: RenderedParameter[][] = []
  const nearer = new Set<string>()
  for (const level of ['endpoint', 'method', 'connector'] as const) {
    if (level === 'connector') for (const key of given) nearer.add(comparedKey(location, key))
    const own = levels[level].filter(({ key }) => !nearer.has(comparedKey(location, key)))
    const pairs = renderParameters(own, location, input)
    if (!pairs.ok) return pairs
    for (const { key } of pairs.value) nearer.add(comparedKey(location, key))
    rendered.unshift(pairs.value)
  }
  return succeed(rendered.flat())
}

function renderParameter(parameter: ParameterDefinition, input: ParameterInput): Result<RenderedParameter | null> {
  const rendered = valueOfParameter(parameter, input)
  if (!rendered.ok) return rendered
  if (rendered.value === null || (rendered.value.text === '' && !parameter.required)) return succeed(null)
  const { text, secrecy } = rendered.value
  const value = parameter.place === 'cookie' ? encodeCookieValue(text) : text
  if (parameter.place === 'header') {
    const header = checkHeader(parameter.key, value)
    if (!header.ok) return header
  }
  if (parameter.place === 'cookie') {
    const name = checkCookieName(parameter.key)
    if (!name.ok) return name
  }
  return succeed({ key: parameter.key, value, secrecy })
}

function valueOfParameter(
  parameter: ParameterDefinition,
  { scope, context, filters }: ParameterInput,
): Result<Rendered | null> {
  const filter = parameter.required ? '' : (filters?.get(parameter.id) ?? '')
  if (filter !== '') return renderFlowText(filter, context)
  const template = parseTemplate(parameter.value)
  return template.ok ? renderUnlessEmpty(template.value, scope, context) : template
}

/** Renders text that a person typed in a shape, with its flow values. That of a program is plain text. */
export function renderFlowText(text: string, context: TemplateContext): Result<Rendered> {
  if (context.flow === null) return succeed({ text, secrecy: 'none' })
  const template = parseFlowValue(text)
  return template.ok ? renderTemplate(template.value, new Map(), context) : template
}
