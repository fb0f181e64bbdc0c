import { z } from 'zod'
import { variableLevels } from '@/lib/domain/vocabulary'
import { variableDefinition } from '@/lib/domain/definitions'

/** What a variable is defined on: a connector, one of its authentication methods, or one of its endpoints. */
export const variableOwner = z.strictObject({
  level: z.enum(variableLevels),
  connectorId: z.string(),
  /** The connector's, method's or endpoint's id. */
  ownerId: z.string(),
})
export type VariableOwner = z.infer<typeof variableOwner>

/** A row of the variables table. Never holds a value that a person typed for an instance. */
export const variableView = z.strictObject({
  ...variableDefinition.shape,
  position: z.number(),
  /** What counts without a value: the default, or what this installation fills in. */
  defaultInForce: z.string(),
  /** How many instances hold a value for it. */
  instancesWithValue: z.number(),
})
export type VariableView = z.infer<typeof variableView>

export const useFlags = z.strictObject({ required: z.boolean(), configurable: z.boolean(), advanced: z.boolean() })
export type UseFlags = z.infer<typeof useFlags>

/** A connector variable and, where the method uses it, the flags it is used with. */
export const connectorVariableUse = z.strictObject({ variable: variableDefinition, use: useFlags.nullable() })
export type ConnectorVariableUse = z.infer<typeof connectorVariableUse>

/** Variables that were created, and the new revision of their owner. */
export const createdVariables = z.strictObject({ variableIds: z.array(z.uuid()), revision: z.int() })

/** A variable that was created or changed, and the new revision of its owner. */
export const changedVariable = z.strictObject({ variableId: z.uuid(), revision: z.int() })
