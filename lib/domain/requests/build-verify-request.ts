import { authenticationTypeDefinitions } from '../authentication/registry'
import type { ConnectorDefinition, MethodDefinition } from '../definitions'
import { parametersOfPhase } from '../parameters'
import { succeed, type Result } from '../result'
import type { TemplateContext } from '../templates'
import { definitionsInForce, scopeOf, type VariableValues } from '../variables'
import { assembleRequest } from './assemble-request'
import type { BuiltRequest } from './types'

export type VerifyRequestInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  reserved?: TemplateContext['reserved']
  confirmedOrigins: readonly string[] | null
}

/** The method's *Test request*, which every type may have; null where there is none and nothing can be verified. */
export function buildVerifyRequest({
  connector,
  method,
  values,
  reserved,
  confirmedOrigins,
}: VerifyRequestInput): Result<BuiltRequest | null> {
  const phase = method.phases.find(({ kind }) => kind === 'verify')
  if (!phase?.url) return succeed(null)
  const type = authenticationTypeDefinitions[method.type]
  const scope = scopeOf(definitionsInForce({ connector, method }), values, type.unusedVariables(method.options))
  const context: TemplateContext = { reserved }
  const credentials = type.applyCredentials({ options: method.options, scope, context })
  if (!credentials.ok) return credentials
  return assembleRequest({
    ...{ connector, method, confirmedOrigins, scope, context },
    endpoint: null,
    httpMethod: phase.httpMethod ?? 'GET',
    url: phase.url,
    bodyFormat: phase.bodyFormat ?? 'none',
    body: phase.body ?? '',
    parameters: parametersOfPhase(method.parameters, 'verify'),
    credentials: credentials.value,
  })
}
