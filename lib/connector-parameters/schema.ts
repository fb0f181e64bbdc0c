import { z } from 'zod'
import { line, text } from '@/lib/domain/text-schema'
import { idOf, revisionField } from '@/lib/operations/input'
import { sharedLocations } from './locations'

/** A connector's parameter is always sent: it is no filter of a shape. DATA §16 says which requests send it. */
export const connectorParameterFields = {
  place: z.enum(sharedLocations),
  key: line(256).min(1, 'Enter a key.'),
  value: text(4096),
}

export const mostSharedParameters = 100

export const saveConnectorParametersSchema = z.strictObject({
  connectorId: idOf('connector'),
  /** Of the connector: its details, variables and parameters share one. */
  revision: revisionField,
  /** An id is that of an existing parameter; a new one has none. */
  parameters: z
    .array(z.strictObject({ id: z.uuid().nullable(), ...connectorParameterFields }))
    .max(mostSharedParameters, `Enter at most ${mostSharedParameters} parameters.`),
})
export type SaveConnectorParameters = z.output<typeof saveConnectorParametersSchema>
