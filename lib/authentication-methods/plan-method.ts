import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { DefaultPhase, DefaultVariable } from '@/lib/domain/authentication/types'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import type { SuccessRule } from '@/lib/domain/definitions'
import { succeed, type Result } from '@/lib/domain/result'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { checkMethod } from './check-method'
import type { MethodFields, RequestFields } from './document-schema'
import { planVariables } from './plan-variables'
import type { SaveMethod } from './schema'

/** An authentication method as it will be written: the defaults of its type with what a document says over them. */
export type MethodPlan = {
  name: string
  type: AuthenticationType
  timeoutSeconds: number
  documentationUrl: string
  options: Partial<MethodOptions>
  variables: DefaultVariable[]
  /** Connector variables, by key, with the method's own flags. */
  uses: MethodFields['uses']
  phases: SaveMethod['phases']
  parameters: Omit<SaveMethod['parameters'][number], 'id'>[]
}

/**
 * What the document says over the defaults of its type, checked by the same rules as what people save on the screens.
 * A refusal's field is its place in the document.
 */
export function planMethod(fields: MethodFields): Result<MethodPlan> {
  const type = authenticationTypeDefinitions[fields.type]
  const variables = planVariables(type.defaultVariables, fields.variables)
  if (!variables.ok) return variables
  const { name, timeoutSeconds, documentationUrl } = fields
  const phases = planPhases(type.defaultPhases, fields.requests)
  const parameters = planParameters(type.defaultParameters, fields.parameters)
  const input = { methodId: '', revision: 1, name, timeoutSeconds, documentationUrl, options: fields.options, phases }
  const variableKeys = [...variables.value, ...fields.uses].map(({ key }) => key)
  const checked = checkMethod(
    fields.type,
    { ...input, parameters: parameters.map((parameter) => ({ ...parameter, id: null })) },
    variableKeys,
  )
  if (!checked.ok) return checked
  return succeed({
    name,
    type: fields.type,
    timeoutSeconds,
    documentationUrl,
    options: checked.value,
    variables: variables.value,
    uses: fields.uses,
    phases,
    parameters,
  })
}

type Requests = MethodFields['requests']

/** The type's requests with what the document says; a request that it does not mention stays as the type has it. */
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

function planParameters(
  defaults: readonly MethodPlan['parameters'][number][],
  given: MethodFields['parameters'],
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
