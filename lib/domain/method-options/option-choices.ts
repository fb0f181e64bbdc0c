/**
 * The choices of a method's options, with their labels. Separate from the schema, because the browser loads them too.
 */

export const pkceModes = ['S256', 'plain', 'off'] as const
export type PkceMode = (typeof pkceModes)[number]

/**
 * How the client authenticates at the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2). `none` sends only the client ID (a
 * public client, or one known by its certificate), `nothing` not even that. `raw` omits the form-encoding that RFC 6749
 * requires and some servers do not decode.
 */
export const clientAuthentications = {
  client_secret_basic: 'Header: client_secret_basic',
  client_secret_basic_raw: 'Header, not form-encoded',
  client_secret_post: 'Body: client_secret_post',
  none: 'Client ID only: a public client',
  nothing: 'Nothing',
  private_key_jwt: 'Signed JWT: private_key_jwt',
  client_secret_jwt: 'Signed JWT: client_secret_jwt',
} as const
export type ClientAuthentication = keyof typeof clientAuthentications

/** How a token is renewed. `exchange` repeats the token requests. */
export const refreshModes = {
  refresh_token: 'With the refresh token',
  access_token: 'With the access token',
  exchange: 'By the token requests again',
  never: 'Never: authorise again',
} as const
export type RefreshMode = keyof typeof refreshModes

export const claimKinds = { text: 'Text', number: 'Number', json: 'JSON', list: 'List, separated by spaces' } as const
export type ClaimKind = keyof typeof claimKinds

export const signatureSchemes = {
  aws_sigv4: 'AWS Signature Version 4',
  http_message_signatures: 'HTTP message signature (RFC 9421)',
  template: 'Templates',
} as const
export type SignatureScheme = keyof typeof signatureSchemes

/** RFC 9421 §3.3 and §6.2.2. */
export const messageSignatureAlgorithms = [
  'hmac-sha256',
  'rsa-pss-sha512',
  'rsa-v1_5-sha256',
  'ecdsa-p256-sha256',
  'ecdsa-p384-sha384',
  'ed25519',
] as const
export type MessageSignatureAlgorithm = (typeof messageSignatureAlgorithms)[number]

/** Where a vendor's own name of a standard parameter applies. */
export const nameScopes = {
  everywhere: 'Everywhere',
  authorise: 'Authorise URL',
  callback: 'Callback',
  token: 'Token requests',
} as const
export type NameScope = keyof typeof nameScopes
