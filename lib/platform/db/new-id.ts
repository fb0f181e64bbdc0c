import { randomUUID } from 'node:crypto'

/**
 * A UUIDv7, as the database's own ids are: sortable by time, unguessable. For rows whose id is needed before they are
 * written, because a sealed value is bound to it.
 * @see RFC 9562 §5.7
 */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  // Its version gives way to ours; what follows is random, and comes from memory that Node fills in advance.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
