import { z } from 'zod'
import { pickFields, type FieldsOf } from '@/lib/domain/field-list'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { linkField, nameField } from '@/lib/domain/text-schema'

/**
 * The only list of an authentication method's fields. The input, the views, the written and audited columns, and the
 * connection document derive from it. The type cannot change after creation.
 */
export const methodFields = {
  name: nameField.describe('Displayed name, unique in its parent'),
  timeoutSeconds: z
    .number('Enter a number of seconds.')
    .int('Enter a whole number of seconds.')
    .min(1, 'Enter at least 1 second.')
    .max(300, 'Enter at most 300 seconds.'),
  documentationUrl: linkField,
  /** Checked against the schema of the method's own type. */
  options: z.record(z.string(), z.unknown()),
}

export type MethodFields = Omit<FieldsOf<typeof methodFields>, 'options'> & { options: Partial<MethodOptions> }

/** Picks the fields from an input or a stored method. */
export function methodFieldsOf(from: Record<keyof MethodFields, unknown>): MethodFields {
  return pickFields(methodFields, from)
}
