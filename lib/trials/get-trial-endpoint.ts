import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { testUrlOf } from '@/lib/domain/requests/test-endpoints'
import { succeed } from '@/lib/domain/result'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { endpointFieldRows, endpointFieldsOf } from '@/lib/flows/endpoint-fields'
import { operation } from '@/lib/operations/operation'
import { trialEndpointSchema } from './schema'
import { trialEndpoint, type TrialEndpoint } from './views'

/** An endpoint with the values that *Try it* asks for. */
export const getTrialEndpoint = operation({
  name: 'get_trial_endpoint',
  permission: 'see',
  input: trialEndpointSchema,
  output: trialEndpoint,
  run: async ({ actor, db }, { endpointId }) => {
    const [row, definition] = await Promise.all([
      db.endpoint.findFirst({ where: { id: endpointId }, include: endpointFieldRows }),
      loadEndpoint(actor.workspaceId, endpointId),
    ])
    if (!row || !definition) return notFound('endpoint')
    const { id, name, httpMethod } = row
    return succeed({
      ...{ id, name, httpMethod: httpMethod as TrialEndpoint['httpMethod'] },
      ...endpointFieldsOf(row),
      testUrl: testUrlOf(definition),
    })
  },
})
