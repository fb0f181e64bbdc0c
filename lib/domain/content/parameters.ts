import type { ParameterDefinition } from '../definitions'
import { checkHeader } from './headers'
import { succeed, type Result } from '../result'
import type { Rendered, Secrecy } from '../secrecy'
import { renderTemplate, renderUnlessEmpty } from '../templates/render-template'
import { parseFlowValue, parseTemplate } from '../templates/parse-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { ParameterLocation, PhaseKind } from '../vocabulary'

/** Parameters: key/value pairs of the URL, the headers or the body. Key names are sent exactly as typed. */

export type ParameterInput = {
  scope: TemplateScope
  context: TemplateContext
  /**
   * What a shape gives for optional parameters, by parameter id. Data, never templates; values of the flow stand in it.
   */
  filters?: ReadonlyMap<string, string>
}

export type RenderedParameter = {
  key: string
  value: string
  /** One that is made from a secret is stripped on a redirect to another origin, and never shown. */
  secrecy: Secrecy
}

/** Those of a method's parameters that a request of this phase, and of this step of it, carries (DATA §4). */
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
 * The pairs of one place. A required parameter is always sent, an optional one where a filter or its own template
 * gives it a value; one whose text names an optional variable without value is left out (DATA §3).
 */
export function renderParameters(
  parameters: readonly ParameterDefinition[],
  place: ParameterLocation,
  input: ParameterInput,
): Result<RenderedParameter[]> {
  const rendered: RenderedParameter[] = []
  for (const parameter of parameters) {
    if (parameter.place !== place) continue
    const value = renderParameter(parameter, input)
    if (!value.ok) return value
    if (value.value) rendered.push(value.value)
  }
  return succeed(rendered)
}

function renderParameter(parameter: ParameterDefinition, input: ParameterInput): Result<RenderedParameter | null> {
  const rendered = valueOfParameter(parameter, input)
  if (!rendered.ok) return rendered
  if (rendered.value === null || (rendered.value.text === '' && !parameter.required)) return succeed(null)
  const { text: value, secrecy } = rendered.value
  if (parameter.place === 'header') {
    const header = checkHeader(parameter.key, value)
    if (!header.ok) return header
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

/** Text that a person typed in a shape, with the values of the flow in it. */
export function renderFlowText(text: string, context: TemplateContext): Result<Rendered> {
  const template = parseFlowValue(text)
  return template.ok ? renderTemplate(template.value, new Map(), context) : template
}
