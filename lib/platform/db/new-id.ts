import { randomUUID } from 'node:crypto'

/**
 * A UUIDv7, like the IDs that the database creates: sortable by time and unguessable. For rows whose ID is needed
 * before they are written, because a sealed value is bound to it.
 * @see RFC 9562 §5.7
 */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  // Uses the random part of a version 4 UUID, which Node generates in advance.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
