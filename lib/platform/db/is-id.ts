import { z } from 'zod'

const id = z.uuid()

/** Whether the text can be an id at all: what cannot is "not found", and never reaches the database. */
export function isId(text: string): boolean {
  return id.safeParse(text).success
}
