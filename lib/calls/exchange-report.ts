import { z } from 'zod'
import { pagePosition } from '@/lib/domain/pagination/page-position'
import { endReasons } from '@/lib/domain/pagination/end-reasons'

const headers = z.array(z.tuple([z.string(), z.string()]))

/** One request and its response as a person may see them, with secrets redacted. */
export const exchangeReport = z.strictObject({
  request: z.strictObject({ method: z.string(), url: z.string(), headers, body: z.string().nullable() }),
  response: z.strictObject({
    status: z.int(),
    headers,
    body: z.string(),
    bytes: z.int(),
    truncated: z.boolean(),
    isJson: z.boolean(),
    /** Number of records at the endpoint's data path; null if it has none or nothing is found. */
    recordCount: z.int().nullable(),
    /** Why the body could not be read completely; for a person. */
    problem: z.string().nullable(),
  }),
  /** If a page of an endpoint's records was asked for: which, and what comes after it. */
  page: z
    .strictObject({
      number: z.int(),
      next: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('page'), position: pagePosition, key: z.string() }),
        z.strictObject({ kind: z.literal('end'), reason: z.enum(endReasons) }),
      ]),
    })
    .nullable(),
  redirects: z.array(z.string()),
  /** In milliseconds; null for a part that was not reached or not needed. */
  timing: z.strictObject({
    dnsMs: z.number().nullable(),
    connectMs: z.number().nullable(),
    tlsMs: z.number().nullable(),
    firstByteMs: z.number().nullable(),
    totalMs: z.number(),
  }),
  /** What the response says about the instance, for a person: rejected credentials, or a missing scope or permission. */
  concern: z
    .strictObject({ kind: z.enum(['credentials_rejected', 'missing_permission']), message: z.string() })
    .nullable(),
  attempts: z.int(),
  /** Time spent waiting for the limits of the instance. */
  waitedMs: z.number(),
  correlationId: z.string(),
})
export type ExchangeReport = z.infer<typeof exchangeReport>
