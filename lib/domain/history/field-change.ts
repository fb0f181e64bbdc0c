import { z } from 'zod'

/**
 * What the audit log says about one field of a changed object. Stored with the change and worded when it is shown
 * (lib/activity/change-words.ts), so the names of fields are stable and the words can improve.
 */

const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const fieldChange = z.strictObject({
  /** As the noun's field list names it; parts of a group after a dot: `options.pkce`, `phases.exchange.url`. */
  field: z.string(),
  /** Which of several: the header, the variable, the method. */
  of: z.string().optional(),
  from: value.optional(),
  to: value.optional(),
  /** What happened, where values are secret or say nothing. */
  how: z.enum(['added', 'removed', 'set', 'replaced', 'changed', 'on', 'off']).optional(),
  /**
   * What was added, removed or turned on, where it is several at once. All of them: thousands in a change of the matrix.
   */
  names: z.array(z.string()).optional(),
})
export type FieldChange = z.output<typeof fieldChange>
export type FieldValue = z.output<typeof value>

/** As a row of the audit log holds them. */
export const recordedChanges = z.object({
  fields: z.array(fieldChange),
  /** How many more there were than a row holds. */
  more: z.int().optional(),
})
export type RecordedChanges = z.output<typeof recordedChanges>

/** An import of a large document changes thousands of fields. */
const mostChanges = 100

/** As many as a row of the audit log holds. A change that names several things still names all of them. */
export function recorded(changes: readonly FieldChange[]): RecordedChanges {
  const more = changes.length - mostChanges
  return more > 0 ? { fields: changes.slice(0, mostChanges), more } : { fields: [...changes] }
}
