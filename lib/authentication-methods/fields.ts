import { z } from 'zod'
import { pickFields, type FieldsOf } from '@/lib/domain/field-list'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { linkField, nameField } from '@/lib/domain/text-schema'

/**
 * The fields of an authentication method, once: what a client may send, what it gets and edits, the columns that are
 * written and audited, and what a connection document holds derive from here. Its type is fixed once it exists.
 */
export const methodFields = {
  name: nameField.describe('As people see it, unique in its parent'),
  timeoutSeconds: z
    .number('Enter a number of seconds.')
    .int('Whole seconds.')
    .min(1, 'At least 1 second.')
    .max(300, 'At most 300 seconds.'),
  documentationUrl: linkField,
  /** Checked against the schema of the method's own type. */
  options: z.record(z.string(), z.unknown()),
}

export type MethodFields = Omit<FieldsOf<typeof methodFields>, 'options'> & { options: Partial<MethodOptions> }

/** What a new method has where nothing is said. */
export const methodDefaults = { timeoutSeconds: 30, documentationUrl: '' } as const satisfies Partial<MethodFields>

/** Of an input, or of a method that has been read, that has more. */
export function methodFieldsOf(from: Record<keyof MethodFields, unknown>): MethodFields {
  return pickFields(methodFields, from)
}
