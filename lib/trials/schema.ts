import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { anyText, text } from '@/lib/domain/text-schema'

/** What a client may send about *Try it*. Every object is closed: an unknown key is refused. */

/** What is tried. */
export const trialSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('endpoint'), endpointId: idOf('endpoint') }),
  z.strictObject({ kind: z.literal('method'), methodId: idOf('authentication_method') }),
])
export type TrialSubject = z.output<typeof trialSubjectSchema>

export const trialInstancesSchema = z.strictObject({ subject: trialSubjectSchema, search: z.string().max(200) })
export const trialMethodsSchema = z.strictObject({ subject: trialSubjectSchema })
export const trialEndpointSchema = z.strictObject({ endpointId: idOf('endpoint') })

const entered = z.record(z.uuid(), text(4096))

/** The request: that of an endpoint, or one of the method's test requests. */
const trialRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('endpoint'),
    endpointId: idOf('endpoint'),
    /** Of its variables, by variable id. */
    values: entered,
    /** Of its optional parameters, by parameter id. */
    filters: entered,
  }),
  z.strictObject({ kind: z.literal('test_request'), step: z.int().min(0).max(2) }),
])
export type TrialRequest = z.output<typeof trialRequest>

export const tryWithInstanceSchema = z.strictObject({ instanceId: idOf('instance'), request: trialRequest })

export const tryWithTypedValuesSchema = z.strictObject({
  methodId: idOf('authentication_method'),
  /** Of the method's and the connector's variables, by variable id. */
  credentials: z.record(z.uuid(), anyText(100_000, 'This value is much too long.')),
  request: trialRequest,
})
