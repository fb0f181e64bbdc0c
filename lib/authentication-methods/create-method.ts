import 'server-only'
import { addMethod } from './add-method'
import type { Actor } from '@/lib/domain/access/actor'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { refuse, succeed } from '@/lib/domain/result'
import { methodDocument } from './document-schema'
import { planMethod } from './plan-method'
import { getMethodEndpoints } from './get-method-endpoints'
import { operation } from '@/lib/operations/operation'
import { createMethodSchema } from './schema'
import { addedMethod } from './views'

/**
 * Adds a method with its type's default variables, parameters and phases, or with those of a signature preset. It is
 * off on every endpoint (rule R2).
 * @returns the new method's id
 */
export const createMethod = operation({
  name: 'create_method',
  permission: 'change',
  input: createMethodSchema,
  output: addedMethod,
  run: async (context, { connectorId, signaturePreset = '', testEndpointId = '', ...input }) => {
    const { actor } = context

    const preset = signaturePresets.find(({ key }) => key === signaturePreset)
    if (preset && input.type !== 'request_signature')
      return refuse('invalid_input', 'Only the type Request signature can start from a preset.', 'signaturePreset')
    const verify = await testRequest(actor, connectorId, testEndpointId)
    if (!verify.ok) return verify
    const plan = planMethod(
      methodDocument.parse({
        ...input,
        ...(preset && { options: preset.options, variables: preset.variables }),
        requests: verify.value,
      }),
    )
    return plan.ok ? addMethod(context, connectorId, plan.value) : plan
  },
})

/** The test request of the new method, from the chosen endpoint. */
async function testRequest(actor: Actor, connectorId: string, endpointId: string) {
  if (endpointId === '') return succeed({})
  const endpoints = await getMethodEndpoints(actor, { connectorId })
  if (!endpoints.ok) return endpoints
  const chosen = endpoints.value.testEndpoints.find(({ id }) => id === endpointId)
  if (!chosen)
    return refuse(
      'invalid_input',
      'This endpoint can no longer be used as a test request. Choose another one.',
      'testEndpointId',
    )
  return succeed({ verify: { method: 'GET', url: chosen.url } })
}
