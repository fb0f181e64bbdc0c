import { z } from 'zod'
import { line } from '@/lib/domain/text-schema'

/** Where a connector's document is kept, if a repository manages it (DATA §16). */
export const repository = z.strictObject({
  /** The address of the repository, or a name for it. */
  repository: line(500).min(1),
  /** Of the file in the repository. */
  path: line(500).min(1),
  /** Empty if unknown. */
  commit: line(100),
})
export type Repository = z.infer<typeof repository>

/** SHA-256 of a document. */
export const documentHash = z.string().regex(/^[0-9a-f]{64}$/, 'A document hash is 64 hexadecimal digits.')

export const managedBy = repository.extend({
  documentHash,
  pushedAt: z.iso.datetime(),
  /** The API key that pushed; null if a person did. */
  keyId: z.string().nullable(),
})
export type ManagedBy = z.infer<typeof managedBy>

/** Reads the column, which is written through the same schema. */
export function readManagedBy(stored: unknown): ManagedBy | null {
  return stored === null ? null : managedBy.parse(stored)
}
