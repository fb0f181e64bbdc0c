/**
 * Limits of the mapping. Where a document exceeds one, the rest is left out or cut, with a line in the report. Those of
 * definitions are the limits of the connector document (`document-schema.ts`).
 */
export const definitionLimits = {
  endpoints: 25_000,
  methods: 50,
  connectorVariables: 100,
  endpointVariables: 100,
  parameters: 200,
  options: 200,
  allowedHosts: 100,
  name: 120,
  versionLabel: 40,
  description: 2_000,
  entityType: 80,
  url: 2_048,
  key: 256,
  variableKey: 64,
  helpText: 1_000,
  variableText: 4_096,
  pattern: 512,
  optionLabel: 200,
  dataPath: 512,
  scopes: 200,
  scope: 256,
  endpointDescription: 4_096,
  body: 65_536,
} as const

export const readingLimits = {
  /** References that lead to another reference. */
  referenceHops: 32,
  /** Schemes in one security requirement. */
  schemes: 20,
  /** Properties of one object, and choices of one value, that are read. */
  properties: 2_000,
  /** Fields that are written into one body. */
  bodyFields: 2_000,
  /** Characters of an operation ID; it identifies the endpoint when the document is imported again. */
  operationId: 500,
  /** Characters of a pointer in the report; a longer one is replaced by that of the part around it. */
  pointer: 2_000,
  /** Levels of a schema that are read for a body, a parameter or a data path. */
  schemaDepth: 8,
  /** Levels of a schema that are stored. */
  storedSchemaDepth: 100,
  /** Values in one stored schema; further ones are left out. */
  storedSchemaValues: 200_000,
  /** Schemas that are kept while the document is read, so that those used often are read once. */
  rememberedSchemas: 5_000,
  /** Schemas that are stored. */
  schemas: 100_000,
  /** Parts of `allOf`, `oneOf` or `anyOf`, and members of one object of the document that are read. */
  alternatives: 200,
  /** Security alternatives of one operation. */
  requirements: 50,
  /** Values of variables of several servers, when each combination becomes a choice. */
  serverChoices: 60,
  /** Properties of an optional body that become variables. */
  optionalFields: 20,
  /** Names of an operation from which its pagination is recognised, and levels of its response. */
  pagedNames: 300,
  pagedDepth: 5,
  /** Lines of the report; the last one says how many more there would be. */
  reportLines: 50_000,
  /** Characters of a text of the document in a line of the report. */
  quoted: 80,
} as const
