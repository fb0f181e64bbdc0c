/**
 * Limits for a text of a definition and for the cost of inserting its values. A text that exceeds them is refused, never
 * truncated.
 */
export const templateLimits = {
  /** Characters of the template. */
  source: 65_536,
  /** Number of `{{ … }}` and `[[ … ]]` in a text. */
  outputs: 200,
  /** Filters of an output. */
  filters: 12,
  /** Characters of a literal argument of a filter: `append: "…"`. */
  argument: 1_024,
  /** Characters of the result, also between two filters. */
  rendered: 1_048_576,
  /** Input of all its filters, in characters or bytes. */
  work: 16_777_216,
} as const
