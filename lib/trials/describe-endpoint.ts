import 'server-only'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { succeed } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { operation } from '@/lib/operations/operation'
import { findCalledEndpoint } from './find-called-endpoint'
import { calledEndpointSchema } from './schema'
import { endpointNeeds, type EndpointNeeds } from './views'

/** What a call of an endpoint with an instance needs: the values that the caller gives, and what is sent. */
export const describeEndpoint = operation({
  name: 'describe_endpoint',
  permission: 'see',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: calledEndpointSchema,
  output: endpointNeeds,
  run: async (context, input) => {
    const found = await findCalledEndpoint(context, input)
    if (!found.ok) return found
    const { deprecated } = found.value
    const { variables, parameters, ...endpoint } = found.value.endpoint
    return succeed({
      endpoint: { ...endpoint, deprecated },
      available: await acceptsInstance(context.db, input.endpointId, input.instanceId),
      variables: variablesIn(variables),
      filters: filtersIn(parameters),
    })
  },
})

function variablesIn(variables: EndpointDefinition['variables']): EndpointNeeds['variables'] {
  return variables.filter(isShown).map((variable) => {
    const { id, key, displayName, helpText, required, secret, inputKind, options, pattern, defaultValue } = variable
    return {
      ...{ id, key, displayName, helpText, required, secret, inputKind, options, pattern },
      defaultValue: secret ? '' : defaultValue,
    }
  })
}

function filtersIn(parameters: EndpointDefinition['parameters']): EndpointNeeds['filters'] {
  return parameters
    .filter(({ required }) => !required)
    .map(({ id, place, key, displayName, helpText }) => ({ id, place, key, displayName, helpText }))
}
