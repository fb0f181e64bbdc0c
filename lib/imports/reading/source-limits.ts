import { mostUploadBytes } from '@/lib/platform/upload-path'

/** Limits of an import, before and while its source is read. Those of the mapping are in `openapi/limits.ts`. */

/** In bytes: a piece of a source, as it is stored and handed to the process that reads. */
export const chunkBytes = 1024 * 1024

/** In bytes, of a file, of the response of an address, and of a zip file. */
export const mostSourceBytes = mostUploadBytes

/** In characters, of pasted text. */
export const mostTextLength = 1_000_000

export const zipLimits = {
  entries: 5_000,
  /** In bytes, of all files together. What a zip file says about its sizes is compared while they are unpacked. */
  unpackedBytes: 200 * 1024 * 1024,
} as const

export const loadLimits = {
  /** Other files of a document from an address. */
  files: 1_000,
  /** In bytes, of one of them and of all together. */
  fileBytes: 20 * 1024 * 1024,
  bytes: 100 * 1024 * 1024,
  /** In milliseconds, for one of them. */
  timeoutMs: 20_000,
} as const

/** Values of a YAML document, where a part that is repeated by an alias counts each time. */
export const mostYamlValues = 20_000_000

/** In characters of JSON, of one schema. */
export const mostSchemaCharacters = 20_000_000

/** In characters of JSON, of everything that a document describes: five times what its source may have. */
export const mostItemCharacters = 500_000_000

/** In items: how many are handed over and written at once. */
export const batchSize = 100

/** In characters of JSON: a batch with this many is handed over too. A schema may have megabytes. */
export const batchCharacters = 500_000
