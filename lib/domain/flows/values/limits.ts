/** Limits for reading payloads. What breaks one is refused, never cut. */
export const payloadLimits = {
  /** Bytes of a payload (RUNS §3). */
  bytes: 104_857_600,
  /** Objects, lists, elements and attributes inside each other. */
  depth: 256,
  /** Values of a payload that is read as a whole. Splitting does not build values and has no such limit. */
  values: 2_000_000,
  /** Columns of a CSV text with header, as many as spreadsheets have. */
  columns: 16_384,
  /** Parts into which one payload is split. */
  parts: 1_000_000,
} as const
