import { randomUUID } from 'node:crypto'

/** The parts of a token that templates may use. */
export type TokenNames = { access_token?: string; token_type?: string; refresh_token?: string }

export type ReservedValues = TokenNames & { now: string; nonce: string; uuid: string }

/** Values that Patchbay fills in while a request is built: one time, one nonce and one UUID for the whole request. */
export function reservedValues(tokens: TokenNames): ReservedValues {
  return { ...tokens, now: new Date().toISOString(), nonce: randomUUID().replaceAll('-', ''), uuid: randomUUID() }
}
