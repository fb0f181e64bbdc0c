import { randomBytes, randomUUID } from 'node:crypto'

/** What Patchbay itself fills in while a request is built: one moment, one nonce and one uuid for the whole request. */
export function reservedValues<Tokens extends { access_token?: string }>(tokens: Tokens) {
  return { ...tokens, now: new Date().toISOString(), nonce: randomBytes(16).toString('hex'), uuid: randomUUID() }
}
