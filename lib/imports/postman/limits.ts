/** Limits of reading a collection. Those of definitions are in `../openapi/limits.ts`. */
export const postmanLimits = {
  /** Folders within folders. */
  folderDepth: 100,
  /** Variables of a collection, and of each environment. */
  variables: 2_000,
  /** Environments that are read with one collection. */
  environments: 20,
  /** Variables whose values name other variables. */
  nesting: 5,
  /** Characters of a text after the values of its variables were inserted: those of a value of an instance. */
  resolved: 16_384,
  /** Characters of an address; servers accept less. */
  address: 16_384,
  /** Characters of a script that are searched for what it does. */
  script: 100_000,
  /** Variables that a script sets and that are named. */
  scriptVariables: 5,
  /** Fields of one authentication. */
  authFields: 100,
  /** Parameters of a token request, or of a form, that are read. */
  listed: 1_000,
  /** Secrets that are looked for in every text. */
  secrets: 500,
  /** Secrets that are looked for in one text. */
  secretsOfText: 20,
  /** A shorter secret would be found in texts that have nothing to do with it. */
  shortestSecret: 6,
  /** Sets of values for instances: one for each method and environment. */
  instances: 100,
  /** Characters of all values for instances. */
  valueCharacters: 1_000_000,
} as const
