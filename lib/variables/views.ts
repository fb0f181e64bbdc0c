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

/** A row of the variables table. It never contains an instance's value. */
export const variableView = z.strictObject({
  ...variableDefinition.shape,
  position: z.number(),
  /** The value if none is set: the default, or what this installation fills in. */
  effectiveDefault: z.string(),
  /** How many instances have a value for it. */
  instancesWithValue: z.number(),
})
export type VariableView = z.infer<typeof variableView>

export const useFlags = z.strictObject({ required: z.boolean(), configurable: z.boolean(), advanced: z.boolean() })
export type UseFlags = z.infer<typeof useFlags>

/** A variable by itself. */
export const ownedVariable = z.strictObject({
  ...variableView.shape,
  /** Of its connector, method or endpoint. */
  revision: z.int(),
})

/** A connector variable and, if the method uses it, the method's flags. */
export const connectorVariableUse = z.strictObject({ variable: variableDefinition, use: useFlags.nullable() })
export type ConnectorVariableUse = z.infer<typeof connectorVariableUse>

/** Variables that were created, and the new revision of their owner. */
export const createdVariables = z.strictObject({ variableIds: z.array(z.uuid()), revision: z.int() })

/** A variable that was created or changed, and the new revision of its owner. */
export const changedVariable = z.strictObject({ variableId: z.uuid(), revision: z.int() })
