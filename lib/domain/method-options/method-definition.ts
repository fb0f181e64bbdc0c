import { z } from 'zod'
import { parameterDefinition, phaseDefinition, variableDefinition } from '../definitions'
import { keysOf } from '../text-schema'
import { authenticationTypes } from '../vocabulary'
import { methodOptions } from './options-schema'

/** An authentication method as the rules read it, with complete options. */
export const methodDefinition = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  timeoutSeconds: z.number(),
  revision: z.number(),
  options: methodOptions,
  /** Variables of the method and the connector variables it uses (with the method's flags). */
  variables: z.array(variableDefinition),
  parameters: z.array(parameterDefinition),
  phases: z.array(phaseDefinition),
})
export type MethodDefinition = z.infer<typeof methodDefinition>
