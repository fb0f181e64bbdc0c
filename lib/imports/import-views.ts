import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes, httpMethods } from '@/lib/domain/vocabulary'
import { reportKinds } from './openapi/report'

/** A line of the import report. */
export const reportLine = z.strictObject({
  kind: z.enum(reportKinds),
  /** JSON pointer (RFC 6901) into the document. */
  pointer: z.string(),
  message: z.string(),
})
export type ReportLineView = z.infer<typeof reportLine>

/** What importing a document would add. */
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
})
export type ConnectorImport = z.infer<typeof connectorImport>
