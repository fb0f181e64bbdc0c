import { methodFieldsOf, type MethodFields } from '@/lib/authentication-methods/fields'
import { methodDefaults } from '@/lib/authentication-methods/method-defaults'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import type { DefaultPhase } from '@/lib/domain/authentication/types'
import type { ParameterDefinition, PhaseDefinition, SuccessRule } from '@/lib/domain/definitions'
import { sameJson } from '@/lib/domain/same-json'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { methodDocumentVersion } from './document-schema'
import { changed, variableFields, withoutEmpty, type ExportedVariable } from './normal-form'

/**
 * Writes a method as a document in normal form: everything that equals the type's default is omitted, so that two
 * documents can be compared.
 */

export type ExportedMethod = MethodFields & {
  type: AuthenticationType
  /** The method's own variables. Connector variables that it uses are in `uses`. */
  variables: readonly ExportedVariable[]
  uses: readonly { key: string; required: boolean; configurable: boolean; advanced: boolean }[]
  phases: readonly PhaseDefinition[]
  parameters: readonly Omit<ParameterDefinition, 'id'>[]
}

export function methodToDocument(method: ExportedMethod): object {
  return { patchbay: methodDocumentVersion, kind: 'authentication_method', ...methodInDocument(method) }
}

/** The method as a part of a document. */
export function methodInDocument(method: ExportedMethod): object {
  const type = authenticationTypeDefinitions[method.type]
  const { name, options, ...fields } = methodFieldsOf(method)
  const known = method.variables.map(({ key }) => key)
  const usual = withoutMissingVariables(type, { options: type.defaultOptions, phases: [] }, [
    ...known,
    ...method.uses.map(({ key }) => key),
  ])
  return withoutEmpty({
    ...{ name, type: method.type },
    ...changed(fields, methodDefaults),
    variables: method.variables
      .map((variable) => variableFields(variable, type.defaultVariables))
      .filter((fields) => fields !== null),
    withoutVariables: type.defaultVariables.map(({ key }) => key).filter((key) => !known.includes(key)),
    uses: method.uses,
    requests: requestsOf(method.phases, type.defaultPhases),
    parameters: method.parameters
      .filter((parameter) => !type.defaultParameters.some((usual) => sameJson(usual, plain(parameter))))
      .map(parameterFields),
    options: changed(options, usual.options),
  })
}

function requestsOf(phases: readonly PhaseDefinition[], defaults: readonly DefaultPhase[]): object {
  const kinds = [...new Set(phases.map(({ kind }) => kind))]
  const listed = kinds.map((kind): [PhaseKind, object[]] => {
    const steps = phases.filter((phase) => phase.kind === kind).sort((one, other) => one.step - other.step)
    return [
      kind,
      steps.map((phase) =>
        requestFields(
          phase,
          defaults.find((usual) => usual.kind === kind),
        ),
      ),
    ]
  })
  const written = listed.filter(([, requests]) => requests.some((request) => Object.keys(request).length > 0))
  return Object.fromEntries(written.map(([kind, requests]) => [kind, requests.length === 1 ? requests[0] : requests]))
}

function requestFields(phase: PhaseDefinition, usual: DefaultPhase | undefined): object {
  const { httpMethod, url, bodyFormat, body, clientAuthentication, successRule, extract } = phase
  return withoutEmpty({
    ...(httpMethod !== (usual?.httpMethod ?? null) && { method: httpMethod }),
    ...{ url, bodyFormat, body, clientAuthentication },
    successRule: successRule === null ? null : ruleFields(successRule),
    extract: extract?.map(({ secret, ...kept }) => (secret ? { ...kept, secret } : kept)),
  })
}

function ruleFields(rule: SuccessRule): object {
  return withoutEmpty({ ...rule })
}

function plain(parameter: Omit<ParameterDefinition, 'id'>): Omit<ParameterDefinition, 'id'> {
  const { place, key, value, required, displayName, helpText, phases, steps } = parameter
  return { place, key, value, required, displayName, helpText, phases, steps }
}

function parameterFields({
  place,
  key,
  value,
  required,
  displayName,
  helpText,
  phases,
  steps,
}: Omit<ParameterDefinition, 'id'>): object {
  return {
    in: place,
    key,
    ...withoutEmpty({ value }),
    ...(required ? {} : { required }),
    ...withoutEmpty({ displayName, helpText }),
    sentWith: phases,
    ...withoutEmpty({ steps }),
  }
}
