/**
 * What one text of a definition may hold, and what putting its values in may cost. A text beyond them is refused, never
 * cut.
 */
export const templateLimits = {
  /** Characters of the text itself. */
  source: 65_536,
  /** `{{ … }}` and `[[ … ]]` in one text. */
  outputs: 200,
  /** Filters of one output. */
  filters: 12,
  /** Characters of a value that is written in a filter: `append: "…"`. */
  argument: 1_024,
  /** Characters of what it becomes, also between two filters. */
  rendered: 1_048_576,
  /** What all its filters read, in characters or bytes. */
  work: 16_777_216,
} as const
