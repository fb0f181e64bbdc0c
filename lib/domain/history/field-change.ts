import { z } from 'zod'

/**
 * What the audit log says about one field of a changed object. Stored with the change and worded when it is shown
 * (lib/activity/change-words.ts), so the names of fields are stable and the words can improve.
 */

const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const fieldChange = z.strictObject({
  /** As the noun's field list names it; parts of a group after a dot: `options.pkce`, `phases.exchange.url`. */
  field: z.string(),
  /** Which of several objects: the header, the variable, the method. */
  of: z.string().optional(),
  from: value.optional(),
  to: value.optional(),
  /** What happened, if the values are secret or would not say it. */
  how: z.enum(['added', 'removed', 'set', 'replaced', 'changed', 'on', 'off']).optional(),
  /**
   * The names of what was added, removed or turned on, if it was several at once. Never shortened: a change of the
   * matrix may name thousands.
   */
  names: z.array(z.string()).optional(),
})
export type FieldChange = z.output<typeof fieldChange>
export type FieldValue = z.output<typeof value>

/** The changes as a row of the audit log stores them. */
export const recordedChanges = z.object({
  fields: z.array(fieldChange),
  /** The number of further changes, which the row does not store. */
  more: z.int().optional(),
})
export type RecordedChanges = z.output<typeof recordedChanges>

/** An import of a large document changes thousands of fields. */
const mostChanges = 100

/**
 * The first changes, up to the number that a row stores. A change that names several objects still names all of them.
 */
export function recorded(changes: readonly FieldChange[]): RecordedChanges {
  const more = changes.length - mostChanges
  return more > 0 ? { fields: changes.slice(0, mostChanges), more } : { fields: [...changes] }
}
