import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { longestPageValue, pagePosition } from '@/lib/domain/pagination/page-position'
import { anyText, text } from '@/lib/domain/text-schema'

/** The input of *Try it*. Every object is closed: an unknown key is refused. */

/** The endpoint or method that is tried. */
export const trialSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('endpoint'), endpointId: idOf('endpoint') }),
  z.strictObject({ kind: z.literal('method'), methodId: idOf('authentication_method') }),
])
export type TrialSubject = z.output<typeof trialSubjectSchema>

export const trialInstancesSchema = z.strictObject({ subject: trialSubjectSchema, search: z.string().max(200) })
export const trialMethodsSchema = z.strictObject({ subject: trialSubjectSchema })
export const trialEndpointSchema = z.strictObject({ endpointId: idOf('endpoint') })

const entered = z.record(z.uuid(), text(4096))

/** The request of an endpoint, or one of the method's test requests. */
const trialRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('endpoint'),
    endpointId: idOf('endpoint'),
    /** Values of its variables, by variable ID. */
    values: entered,
    /** Values of its optional parameters, by parameter ID. */
    filters: entered,
    /** Which page of its records is asked for, and the keys of earlier ones; null for the first. */
    page: z
      .strictObject({ position: pagePosition, seen: z.array(anyText(longestPageValue)).max(100) })
      .nullable()
      .default(null),
  }),
  z.strictObject({ kind: z.literal('test_request'), step: z.int().min(0).max(2) }),
])
export type TrialRequest = z.output<typeof trialRequest>
export type EndpointTrial = Extract<TrialRequest, { kind: 'endpoint' }>

export const tryWithInstanceSchema = z.strictObject({ instanceId: idOf('instance'), request: trialRequest })

export const tryWithTypedValuesSchema = z.strictObject({
  methodId: idOf('authentication_method'),
  /** Values of the method's and the connector's variables, by variable ID. */
  credentials: z.record(z.uuid(), anyText(100_000, 'This value is much too long.')),
  request: trialRequest,
})

const byKeyOrId = z.record(z.string().min(1).max(256), text(4096))

export const calledEndpointSchema = z.strictObject({ instanceId: idOf('instance'), endpointId: idOf('endpoint') })

export const callWithReportSchema = calledEndpointSchema.extend({
  /** Values of the endpoint's variables, by key or ID. */
  values: byKeyOrId.default({}),
  /** Values of its optional parameters, by key or ID. */
  filters: byKeyOrId.default({}),
  /** Sent instead of the endpoint's body; null sends that of the endpoint. */
  body: anyText(1_000_000, 'A body may have at most 1,000,000 characters.').nullable().default(null),
  contentType: text(200).default('application/json'),
})
export type CallWithReport = z.output<typeof callWithReportSchema>
