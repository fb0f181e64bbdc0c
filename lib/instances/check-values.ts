import type { InstanceField } from '@/lib/domain/authentication/instance-fields'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import type { TypedValue } from '@/lib/credentials/instance-settings'

/**
 * Checks typed values before they are stored. A value is accepted only for a variable that the form asks for; an empty
 * field clears the value.
 */
export function checkTypedValues(
  fields: readonly InstanceField[],
  typed: Record<string, string>,
): Result<TypedValue[]> {
  const values: TypedValue[] = []
  for (const [variableId, value] of Object.entries(typed)) {
    const field = fields.find(({ definition }) => definition.id === variableId)
    if (!field || field.filled) {
      return refuse(
        'invalid_input',
        'A value names a variable that this authentication method does not ask for. Reload the page.',
        `values.${variableId}`,
      )
    }
    const valid = validateVariableValue(field.definition, value)
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${variableId}`)
    values.push({ variableId, value: value === '' ? null : value })
  }
  return succeed(values)
}

/** Checks that a new instance has every value that its method needs. */
export function checkNothingMissing(fields: readonly InstanceField[], typed: readonly TypedValue[]): Result<null> {
  const given = new Set(typed.filter(({ value }) => value !== null).map(({ variableId }) => variableId))
  for (const { definition, filled } of fields) {
    if (filled || given.has(definition.id)) continue
    const valid = validateVariableValue(definition, '')
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${definition.id}`)
  }
  return succeed(null)
}
