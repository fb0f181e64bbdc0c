import { z } from 'zod'
import { idOf, revisionField } from '@/lib/operations/input'
import { keysOf, label, line, text } from '@/lib/domain/text-schema'
import { inputKinds, variableLevels } from '@/lib/domain/vocabulary'

/** The input of operations on variables. Every object is closed: an unknown key (for example `locked`) is an error. */

export const variableOwnerSchema = z.strictObject({
  level: z.enum(variableLevels),
  connectorId: idOf('connector'),
  ownerId: idOf('variable'),
})

/**
 * The only list of a variable's fields. The input and the audit entry derive from it. It defines only types and
 * lengths; the rules are in lib/domain/variables/variable-rules.
 */
export const variableFields = {
  key: line(200),
  displayName: label(200),
  helpText: text(4096),
  alias: line(200),
  defaultValue: text(4096),
  required: z.boolean(),
  configurable: z.boolean(),
  advanced: z.boolean(),
  secret: z.boolean(),
  inputKind: z.enum(keysOf(inputKinds)),
  options: z.array(z.strictObject({ value: line(4096), label: line(200) })).max(200, 'Enter at most 200 options.'),
  pattern: line(512),
}
export const variableInputSchema = z.strictObject(variableFields)
export type VariableInput = z.infer<typeof variableInputSchema>

const owned = { owner: variableOwnerSchema, revision: revisionField }

export const createVariableSchema = z.strictObject({
  ...owned,
  variable: variableInputSchema,
  confirmed: z.boolean().default(false),
})
export type CreateVariable = z.infer<typeof createVariableSchema>

/** Variables of which only the names in templates are known. */
export const createVariablesSchema = z.strictObject({
  ...owned,
  variables: z
    .array(z.strictObject({ key: line(200), secret: z.boolean().optional() }))
    .min(1)
    .max(100),
  confirmed: z.boolean().default(false),
})

export const updateVariableSchema = createVariableSchema.extend({ variableId: idOf('variable') })
export type UpdateVariable = z.infer<typeof updateVariableSchema>

export const deleteVariableSchema = z.strictObject({
  ...owned,
  variableId: idOf('variable'),
  confirmed: z.boolean().default(false),
})
export type DeleteVariable = z.infer<typeof deleteVariableSchema>

export const oneVariableSchema = z.strictObject({ owner: variableOwnerSchema, variableId: idOf('variable') })

export const reorderVariablesSchema = z.strictObject({ ...owned, order: z.array(z.uuid()).min(1).max(1000) })
export type ReorderVariables = z.infer<typeof reorderVariablesSchema>

/** The flags of a connector variable that a method uses. */
export const useFlags = { required: z.boolean(), configurable: z.boolean(), advanced: z.boolean() }

export const saveVariableUseSchema = z.strictObject({
  connectorId: idOf('connector'),
  methodId: idOf('authentication_method'),
  revision: revisionField,
  variableId: idOf('variable'),
  /** Null if the method no longer uses it. */
  use: z.strictObject(useFlags).nullable(),
})
export type SaveVariableUse = z.infer<typeof saveVariableUseSchema>
