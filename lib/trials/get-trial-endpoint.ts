import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { testUrlOf } from '@/lib/domain/requests/test-endpoints'
import { succeed } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { endpointFieldRows, endpointFieldsOf } from '@/lib/flows/endpoint-fields'
import { operation } from '@/lib/operations/operation'
import { parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { trialEndpointSchema } from './schema'
import { trialEndpoint } from './views'

/** An endpoint with the fields of *Try it*. */
export const getTrialEndpoint = operation({
  name: 'get_trial_endpoint',
  permission: 'see',
  input: trialEndpointSchema,
  output: trialEndpoint,
  run: async ({ db }, { endpointId }) => {
    const row = await db.endpoint.findFirst({ where: { id: endpointId }, include: endpointFieldRows })
    if (!row) return notFound('endpoint')
    const { id, name, url, bodyFormat } = row
    const httpMethod = row.httpMethod as HttpMethod
    const variables = row.variables.map(variableDefinition)
    const parameters = row.parameters.map(parameterDefinition)
    return succeed({
      id,
      name,
      httpMethod,
      ...endpointFieldsOf(row),
      testUrl: testUrlOf({ name, httpMethod, url, bodyFormat, variables, parameters }),
    })
  },
})
