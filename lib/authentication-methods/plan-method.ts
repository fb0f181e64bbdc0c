import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import type { DefaultPhase, DefaultVariable } from '@/lib/domain/authentication/types'
import type { SuccessRule } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { checkMethod } from './check-method'
import type { MethodInDocument, RequestFields } from './document-schema'
import { pathInDocument } from './path-in-document'
import { methodFieldsOf, type MethodFields } from './fields'
import { planVariables } from './plan-variables'
import type { SaveMethod } from './schema'

/** An authentication method as it will be written: the defaults of its type, overridden by a document. */
export type MethodPlan = MethodFields & {
  /** As it is, or with a number if it is taken; default: made of the name. */
  key?: string | undefined
  type: AuthenticationType
  variables: DefaultVariable[]
  /** Connector variables, by key, with the method's own flags. */
  uses: MethodInDocument['uses']
  phases: SaveMethod['phases']
  parameters: Omit<SaveMethod['parameters'][number], 'id'>[]
}

/**
 * Overrides the defaults of the type with the document and checks the result by the same rules as the form. An error's
 * field is the path in the document.
 */
export function planMethod(document: MethodInDocument): Result<MethodPlan> {
  const { type, uses } = document
  const defaults = authenticationTypeDefinitions[type]
  const variables = planVariables(defaults.defaultVariables, document.variables, document.withoutVariables)
  if (!variables.ok) return variables
  const parameters = parametersOfDocument(defaults.defaultParameters, document.parameters)
  const twice = uses.findIndex(({ key }, index) => uses.some((other, before) => before < index && other.key === key))
  if (twice >= 0) return refuse('invalid_input', `“${uses[twice]!.key}” is listed twice.`, `uses.${twice}.key`)
  const variableKeys = [...variables.value, ...uses].map(({ key }) => key)
  const given = { options: document.options, phases: planPhases(defaults.defaultPhases, document.requests) }
  const { options, phases } = withoutMissingVariables(defaults, given, variableKeys)
  const checked = checkMethod(
    type,
    { options, phases, parameters: parameters.map((parameter) => ({ ...parameter, id: null })) },
    variableKeys,
  )
  if (!checked.ok) {
    const ownParameters = parameters.length - document.parameters.length
    const { field = '', ...refusal } = checked.error
    return { ok: false, error: { ...refusal, field: pathInDocument(field, document, ownParameters) } }
  }
  return succeed({
    key: document.key,
    ...methodFieldsOf({ ...document, options: checked.value }),
    type,
    variables: variables.value,
    uses,
    phases,
    parameters,
  })
}

type Requests = MethodInDocument['requests']

/** The type's requests, overridden by the document. A request that the document does not contain keeps its defaults. */
function planPhases(defaults: readonly DefaultPhase[], requests: Requests): SaveMethod['phases'] {
  const given = Object.entries(requests).flatMap(([kind, listed]) =>
    [listed].flat().map((request, step) => planPhase(kind as PhaseKind, step, request, defaults)),
  )
  const untouched = defaults
    .filter(({ kind }) => !(kind in requests))
    .map((phase) => planPhase(phase.kind, phase.step, {}, defaults))
  return [...given, ...untouched]
}

function planPhase(
  kind: PhaseKind,
  step: number,
  request: RequestFields,
  defaults: readonly DefaultPhase[],
): SaveMethod['phases'][number] {
  const usual = defaults.find((phase) => phase.kind === kind)
  const own = usual?.step === step ? usual : undefined
  return {
    kind,
    step,
    httpMethod: request.method ?? usual?.httpMethod ?? null,
    url: request.url ?? own?.url ?? null,
    bodyFormat: request.bodyFormat ?? own?.bodyFormat ?? null,
    body: request.body ?? own?.body ?? null,
    clientAuthentication:
      request.clientAuthentication ??
      (own?.clientAuthentication as SaveMethod['phases'][number]['clientAuthentication']) ??
      null,
    successRule: request.successRule ? completeRule(request.successRule) : null,
    extract: request.extract ?? null,
  }
}

function completeRule({
  statuses = [],
  jsonPath = '',
  rejectedStatuses = [],
  rejectedPath = '',
  rejectedValue = '',
}: SuccessRule) {
  return { statuses, jsonPath, rejectedStatuses, rejectedPath, rejectedValue }
}

function parametersOfDocument(
  defaults: readonly MethodPlan['parameters'][number][],
  given: MethodInDocument['parameters'],
): MethodPlan['parameters'] {
  const planned = given.map(
    ({ in: place, key, value, required, displayName = '', helpText = '', sentWith, steps = [] }) => ({
      ...{ place, key, value, required, displayName, helpText, phases: sentWith, steps },
    }),
  )
  const replaced = (parameter: MethodPlan['parameters'][number]) =>
    planned.some(({ place, key }) => place === parameter.place && key === parameter.key)
  return [...defaults.filter((parameter) => !replaced(parameter)), ...planned]
}
