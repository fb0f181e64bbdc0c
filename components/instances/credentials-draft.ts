import type { InstanceFields, InstanceFieldView } from '@/lib/instances/views'
import { checkWithoutPattern } from '@/lib/domain/variables/value-rules'

/** What was typed, by variable id. If a field is missing, it was not changed and its stored value stays (rule R10). */
export type TypedValues = Record<string, string>

export function allFields(fields: InstanceFields): InstanceFieldView[] {
  return [...fields.main, ...fields.advanced]
}

/**
 * Adds a typed field, or removes it if it is unchanged again: a plain value that equals the stored one changes nothing.
 */
export function withTyped(typed: TypedValues, field: InstanceFieldView, value: string | null): TypedValues {
  const { [field.variable.id]: _previous, ...others } = typed
  const untouched = value === null || (!field.variable.secret && value === field.value)
  return untouched ? others : { ...others, [field.variable.id]: value }
}

/** The errors that the server would return for the fields of a new instance, except for patterns, by field name. */
export function fieldErrors(fields: InstanceFields, typed: TypedValues): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { variable, filled } of allFields(fields)) {
    const valid = filled ? null : checkWithoutPattern(variable, typed[variable.id] ?? '')
    if (valid && !valid.ok) errors[`values.${variable.id}`] = valid.error.message
  }
  return errors
}
