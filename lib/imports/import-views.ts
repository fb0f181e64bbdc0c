import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes, httpMethods } from '@/lib/domain/vocabulary'
import { importApplication } from './apply/views'
import { importChanges, importItemKinds } from './import-schema'
import { reportKinds } from './openapi/report'

export const importStates = [
  ...([
    'uploading',
    'waiting',
    'reading',
    'ready',
    'compared',
    'importing',
    'imported',
    'failed',
    'cancelled',
  ] as const),
] as const
export const importSources = ['file', 'text', 'url'] as const

/** A line of the import report. */
export const reportLine = z.strictObject({
  kind: z.enum(reportKinds),
  /** JSON pointer (RFC 6901) into the document. */
  pointer: z.string(),
  message: z.string(),
})
export type ReportLineView = z.infer<typeof reportLine>

/** What importing a short document would add. */
export const connectorPreview = z.strictObject({
  format: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  baseUrl: z.string(),
  methods: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(keysOf(authenticationTypes)),
      /** How many endpoints accept it. */
      endpoints: z.int(),
    }),
  ),
  entityTypes: z.array(z.strictObject({ entityType: z.string(), endpoints: z.int() })),
  /** The first ones, with the methods that each accepts (rule R2). */
  endpoints: z.strictObject({
    total: z.int(),
    first: z.array(
      z.strictObject({
        name: z.string(),
        entityType: z.string(),
        httpMethod: z.enum(httpMethods),
        url: z.string(),
        accepts: z.array(z.string()),
      }),
    ),
  }),
  report: z.strictObject({ total: z.int(), lines: z.array(reportLine) }),
})
export type ConnectorPreview = z.infer<typeof connectorPreview>

/** The latest import of a connector. */
export const connectorImport = z.strictObject({
  format: z.string(),
  importedAt: z.iso.datetime(),
  /** Lines in its report. */
  lines: z.int(),
  /** Whether this version of Patchbay has a newer one of the ready-made connector that it was installed from. */
  hasUpdate: z.boolean(),
})
export type ConnectorImport = z.infer<typeof connectorImport>

const importSummary = {
  id: z.uuid(),
  state: z.enum(importStates),
  source: z.enum(importSources),
  /** The name of the file, or the address without its query; empty for pasted text. */
  sourceName: z.string(),
  /** With its version. Empty until it is read. */
  format: z.string(),
  /** Of the source, in bytes. */
  bytes: z.int(),
  name: z.string(),
  versionLabel: z.string(),
  /** Items read so far, and all of them; 0 until their number is known. */
  done: z.int(),
  total: z.int(),
  /** Why it failed, or why it could not be written. */
  failure: z.string(),
  createdAt: z.iso.datetime(),
  /** The connector that it updates; null if it adds one. */
  updatedConnector: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
}

/** An import in the list of those that are not finished. */
export const listedImport = z.strictObject(importSummary)
export type ListedImport = z.infer<typeof listedImport>

/** How far an import is. */
export const importProgress = z.strictObject({ state: z.enum(importStates), done: z.int(), total: z.int() })
export type ImportProgress = z.infer<typeof importProgress>

const chosenOf = z.strictObject({ total: z.int(), chosen: z.int() })

export const importView = z.strictObject({
  ...importSummary,
  /** Null until it is imported. */
  connectorId: z.uuid().nullable(),
  baseUrl: z.string(),
  methods: chosenOf,
  endpoints: chosenOf,
  /** Lines of the report. */
  lines: z.int(),
  /** The connector that it updates; null if it adds one. */
  updates: z
    .strictObject({
      connectorId: z.uuid(),
      name: z.string(),
      /** How many methods and endpoints change how, with the details of the connector. */
      changes: z.array(z.strictObject({ change: z.enum(importChanges), total: z.int(), chosen: z.int() })),
      /** Schemas that the document adds or changes. */
      schemas: z.int(),
      /** Items in which the document and people here have changed the same. */
      conflicting: z.int(),
      /** What it would do to credentials, values and flows, to be confirmed before it is written. */
      questions: z.array(z.string()),
    })
    .nullable(),
  /** Of an import that applies its document to the connector that it describes. */
  application: importApplication.nullable(),
  /** How many values the document has for an instance, of each method in each environment. */
  instances: z.array(z.strictObject({ method: z.string(), environment: z.string(), values: z.int() })),
})
export type ImportView = z.infer<typeof importView>

export const importItem = z.strictObject({
  id: z.uuid(),
  kind: z.enum(importItemKinds),
  name: z.string(),
  /** The name that a person chose instead; empty: that of the document. */
  newName: z.string(),
  pointer: z.string(),
  /** The entity type of an endpoint, the authentication type of a method. */
  tag: z.string(),
  httpMethod: z.string(),
  url: z.string(),
  accepts: z.array(z.string()),
  /** How many endpoints accept a method. */
  endpoints: z.int(),
  chosen: z.boolean(),
  /** What an update does with it; null if the import adds a connector. */
  change: z.enum(importChanges).nullable(),
  /** Fields that the document and people here have both changed. */
  conflicts: z.int(),
  /** Whether people have changed it here since the last import. */
  isLocal: z.boolean(),
  /** Whether the document wins in those fields. */
  takesDocument: z.boolean(),
  /** Shapes that call the endpoint, or instances of the method. */
  uses: z.int(),
})
export type ImportItemView = z.infer<typeof importItem>

/** One item of an update, field by field. Values are YAML; null where the field has its default. */
export const importItemDetail = importItem.extend({
  /** `['parameters', 'query limit', 'required']`. */
  fields: z.array(
    z.strictObject({
      path: z.array(z.string()),
      /** In the document of the last import. */
      before: z.string().nullable(),
      here: z.string().nullable(),
      now: z.string().nullable(),
      /** Both were changed, to different values. */
      isConflict: z.boolean(),
    }),
  ),
  /** What is added, as YAML; null if the connector has it. */
  added: z.string().nullable(),
})
export type ImportItemDetail = z.infer<typeof importItemDetail>

/** The endpoints of one entity type. */
export const importTag = z.strictObject({ tag: z.string(), total: z.int(), chosen: z.int() })
export type ImportTag = z.infer<typeof importTag>
