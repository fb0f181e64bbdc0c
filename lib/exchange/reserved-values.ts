import { randomUUID } from 'node:crypto'

/** Of a token: what templates may name. */
export type TokenNames = { access_token?: string; token_type?: string; refresh_token?: string }

export type ReservedValues = TokenNames & { now: string; nonce: string; uuid: string }

/** What Patchbay itself fills in while a request is built: one moment, one nonce and one uuid for the whole request. */
export function reservedValues(tokens: TokenNames): ReservedValues {
  return { ...tokens, now: new Date().toISOString(), nonce: randomUUID().replaceAll('-', ''), uuid: randomUUID() }
}
