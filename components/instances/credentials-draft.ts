import type { InstanceFields, InstanceFieldView } from '@/lib/instances/views'
import { checkWithoutPattern } from '@/lib/domain/variables/value-rules'

/** What was typed, by variable id; a field that is not listed is untouched, which means "keep" (rule R10). */
export type TypedValues = Record<string, string>

export function allFields(fields: InstanceFields): InstanceFieldView[] {
  return [...fields.main, ...fields.advanced]
}

/** With a field typed, or untouched again: a plain value typed back to what is stored changes nothing. */
export function withTyped(typed: TypedValues, field: InstanceFieldView, value: string | null): TypedValues {
  const { [field.variable.id]: _previous, ...others } = typed
  const untouched = value === null || (!field.variable.secret && value === field.value)
  return untouched ? others : { ...others, [field.variable.id]: value }
}

/**
 * What the server will say about the fields of a new instance, said before it is asked, but for patterns. By the fields'
 * names.
 */
export function fieldErrors(fields: InstanceFields, typed: TypedValues): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { variable, filled } of allFields(fields)) {
    const valid = filled ? null : checkWithoutPattern(variable, typed[variable.id] ?? '')
    if (valid && !valid.ok) errors[`values.${variable.id}`] = valid.error.message
  }
  return errors
}
