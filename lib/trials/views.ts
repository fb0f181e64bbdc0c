import { z } from 'zod'
import { exchangeReport } from '@/lib/calls/exchange-report'
import { endpointDefinition, parameterDefinition, variableDefinition } from '@/lib/domain/definitions'
import { httpMethods } from '@/lib/domain/vocabulary'
import { instanceOption, shapeFilter, shapeVariable } from '@/lib/flows/shape-views'

/** An instance with which something can be tried. */
export const trialInstance = instanceOption.extend({ methodId: z.uuid() })
export type TrialInstance = z.infer<typeof trialInstance>

/** An endpoint with the fields of *Try it*. */
export const trialEndpoint = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  httpMethod: z.enum(httpMethods),
  variables: z.array(shapeVariable),
  filters: z.array(shapeFilter),
  /** The URL of a test request that does the same; null if the endpoint needs more than credentials. */
  testUrl: z.string().nullable(),
})
export type TrialEndpoint = z.infer<typeof trialEndpoint>

const variable = variableDefinition.shape
const parameter = parameterDefinition.shape

/** What a call of an endpoint needs. */
export const endpointNeeds = z.strictObject({
  endpoint: endpointDefinition.omit({ variables: true, parameters: true }).extend({ deprecated: z.boolean() }),
  /** Whether the instance may call it (rules R1 and R3). */
  available: z.boolean(),
  variables: z.array(
    z.strictObject({
      ...{ id: variable.id, key: variable.key, displayName: variable.displayName, helpText: variable.helpText },
      ...{ required: variable.required, secret: variable.secret, inputKind: variable.inputKind },
      ...{ options: variable.options, pattern: variable.pattern },
      /** Empty for a secret. */
      defaultValue: variable.defaultValue,
    }),
  ),
  /** Its optional parameters. */
  filters: z.array(
    z.strictObject({
      ...{ id: parameter.id, place: parameter.place, key: parameter.key },
      ...{ displayName: parameter.displayName, helpText: parameter.helpText },
    }),
  ),
})
export type EndpointNeeds = z.infer<typeof endpointNeeds>

/** The report of a call, and its line in the request log; null if the line could not be written. */
export const callReport = exchangeReport.extend({
  logged: z.strictObject({ id: z.uuid(), at: z.iso.datetime() }).nullable(),
})
export type CallReport = z.infer<typeof callReport>
