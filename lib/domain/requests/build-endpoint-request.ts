import type { ConfirmedOrigins } from './check-destination'
import { unusedVariablesOf } from '../authentication/unused-variables'
import { authenticationTypeDefinitions } from '../authentication/registry'
import type { ConnectorDefinition, EndpointDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { changeOf } from '../pagination/page-change'
import type { PagePosition } from '../pagination/page-position'
import { parametersOfPhase, renderFlowText } from '../content/parameters'
import { succeed, type Result } from '../result'
import type { TemplateContext } from '../templates/template'
import { effectiveDefinitions, scopeOf, type VariableValues } from '../variables/resolve-variables'
import { assembleRequest } from './assemble-request'
import type { CallerContent } from './caller-content'
import type { BuiltRequest } from './types'

export type EndpointRequestInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition
  values: VariableValues
  /** The values of the shape for optional parameters of the endpoint, by parameter ID. */
  filters?: ReadonlyMap<string, string>
  reserved?: TemplateContext['reserved']
  flow?: TemplateContext['flow']
  signer?: TemplateContext['signer']
  confirmedOrigins: ConfirmedOrigins
  /** Which page is asked for. Default: what the endpoint defines, without a page. */
  page?: PagePosition
  content?: CallerContent
}

/**
 * Builds the request of an endpoint with an instance's credentials. Missing or invalid values are refused before
 * anything is sent (rule R14). Only those parameters of the method are added that are sent with endpoint requests
 * (DATA §4).
 */
export function buildEndpointRequest(input: EndpointRequestInput): Result<BuiltRequest> {
  const { connector, method, endpoint, confirmedOrigins, filters, content } = input
  const type = authenticationTypeDefinitions[method.type]
  const { options } = method
  const context: TemplateContext = { reserved: input.reserved, flow: input.flow, signer: input.signer }
  const shape = resolveShapeValues(input.values.shape, context)
  if (!shape.ok) return shape
  const unused = unusedVariablesOf(method)
  const definitions = effectiveDefinitions({ connector, method, endpoint })
  const scope = scopeOf(definitions, { ...input.values, shape: shape.value }, unused)
  const hostScope = scopeOf(definitions, { ...input.values, shape: undefined }, unused)
  // Credentials use the method's own variables: a variable of the endpoint with the same key must not replace them.
  const methodScope = scopeOf(effectiveDefinitions({ connector, method }), input.values, unused)
  const page = input.page && changeOf(endpoint.pagination, input.page)
  return assembleRequest({
    ...{ connector, method, endpoint, confirmedOrigins, filters, scope, hostScope, methodScope, context, content },
    ...(page && { page }),
    options,
    httpMethod: endpoint.httpMethod,
    url: endpoint.url,
    bodyFormat: endpoint.bodyFormat,
    body: endpoint.body,
    parameters: {
      connector: connector.parameters,
      method: parametersOfPhase(method.parameters, 'endpoint'),
      endpoint: endpoint.parameters,
    },
    credentials: (known) => type.applyCredentials({ options, scope: methodScope, context: known }),
  })
}

/** Values of a shape are data that may contain flow values such as `[[payload.path]]`. */
function resolveShapeValues(
  values: ReadonlyMap<string, string> | undefined,
  context: TemplateContext,
): Result<Map<string, string>> {
  const resolved = new Map<string, string>()
  for (const [id, text] of values ?? []) {
    const value = renderFlowText(text, context)
    if (!value.ok) return value
    resolved.set(id, value.value.text)
  }
  return succeed(resolved)
}
