import type { ConfirmedOrigins } from './check-destination'
import { unusedVariablesOf } from '../authentication/unused-variables'
import { authenticationTypeDefinitions } from '../authentication/registry'
import type { ConnectorDefinition, PhaseDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { parametersOfPhase } from '../content/parameters'
import type { Result } from '../result'
import type { TemplateContext } from '../templates/template'
import { effectiveDefinitions, scopeOf, type VariableValues } from '../variables/resolve-variables'
import { assembleRequest } from './assemble-request'
import type { BuiltRequest } from './types'

export type ProbeRequestInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  reserved?: TemplateContext['reserved']
  signer?: TemplateContext['signer']
  confirmedOrigins: ConfirmedOrigins
}

type ProbeKind = 'verify' | 'after_connect'

/** The *Test requests* of a method, in order. Every type may have them. */
export function verifyPhases(method: Pick<MethodDefinition, 'phases'>): PhaseDefinition[] {
  return probePhases(method, 'verify')
}

/** Requests with the method's credentials that belong to no endpoint, in order. Those without a URL are ignored. */
export function probePhases({ phases }: Pick<MethodDefinition, 'phases'>, kind: ProbeKind): PhaseDefinition[] {
  return phases.filter((phase) => phase.kind === kind && Boolean(phase.url)).sort((one, other) => one.step - other.step)
}

/** Builds a test request or an after-connect lookup. */
export function buildProbeRequest(
  { connector, method, values, reserved, signer, confirmedOrigins }: ProbeRequestInput,
  phase: PhaseDefinition,
): Result<BuiltRequest> {
  const { options } = method
  const type = authenticationTypeDefinitions[method.type]
  const scope = scopeOf(effectiveDefinitions({ connector, method }), values, unusedVariablesOf(method))
  const context: TemplateContext = { reserved, signer }
  return assembleRequest({
    ...{ connector, method, confirmedOrigins, scope, context },
    options,
    endpoint: null,
    httpMethod: phase.httpMethod ?? 'GET',
    url: phase.url ?? '',
    bodyFormat: phase.bodyFormat ?? 'none',
    body: phase.body ?? '',
    parameters: {
      // A lookup after connecting is neither an endpoint request nor a test request (DATA §16).
      connector: phase.kind === 'verify' ? connector.parameters : [],
      method: parametersOfPhase(method.parameters, phase.kind, phase.step),
      endpoint: [],
    },
    credentials: (known) => type.applyCredentials({ options, scope, context: known }),
  })
}
