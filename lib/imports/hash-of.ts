import { createHash } from 'node:crypto'

/** SHA-256 of a document, in hexadecimal. */
export function hashOf(document: string): string {
  return createHash('sha256').update(document).digest('hex')
}
