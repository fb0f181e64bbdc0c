/** Limits of reading a command. Those of definitions are in `../openapi/limits.ts`. */
export const curlLimits = {
  /** Characters of a pasted command. */
  command: 1_000_000,
  /** Words of a command, each at least one character and a space. A browser's command has about 80. */
  words: 50_000,
  /** Characters of an address or of a header; servers accept less. */
  address: 16_384,
  /** Credentials that are sent together. */
  credentials: 20,
  /** Secrets that are looked for in every text of a command, and variables. More than a definition can have. */
  secrets: 200,
  /** Unknown options that are looked at. */
  unknown: 1_000,
  /** Shown in one note before “and 3 more”. */
  named: 12,
  /** Secrets that are looked for in one text. */
  secretsOfText: 20,
  /** A shorter secret would be found in texts that have nothing to do with it. */
  shortestSecret: 6,
  shortestCookie: 12,
} as const
