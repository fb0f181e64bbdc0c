import type { ReservedName } from '@/lib/domain/templates/template'

/** The names that are filled when a request is built, in words: what a template editor offers besides the variables. */

export type NameDescription = { name: string; description: string; where: string }

const everywhere = 'Everywhere'
const inRequests = 'In parameters, headers, bodies and signatures; not in the URL itself'
const inSignatures = 'In signatures, and in computed values that only they use'
const withToken = 'When the instance has a token'

const described: Record<ReservedName, [description: string, where: string]> = {
  access_token: ['The current access token', withToken],
  refresh_token: ['The current refresh token', withToken],
  token_type: ['The type of the current access token', withToken],
  signed_jwt: ['A JSON Web Token, signed for the request', 'If the method signs a JWT'],
  redirect_uri: [
    'The redirect URI of the authorisation',
    'In the authorise URL, the token requests after it, and a refresh',
  ],
  now: ['The time of the request', everywhere],
  nonce: ['A random text, fixed per request', everywhere],
  uuid: ['A random UUID, fixed per request', everywhere],
  request_method: ['GET, POST …', inRequests],
  request_url: ['The URL of the request, without its query', inRequests],
  request_host: ['The host of the request', inRequests],
  request_path: ['The path of the request', inRequests],
  request_query: ['The query, sorted and encoded', inSignatures],
  request_body: ['The body of the request', inSignatures],
}

export const reservedNameDescriptions: readonly NameDescription[] = Object.entries(described).map(
  ([name, [description, where]]) => ({ name, description, where }),
)

/**
 * Names that are filled in when a request is built. Add them to the variables of a TemplateField that is used in
 * requests.
 */
export const runTimeVariables = reservedNameDescriptions.map(({ name, description }) => ({
  key: name,
  label: description,
  origin: 'Filled at run time',
}))
