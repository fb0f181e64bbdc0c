import { filterNames } from '@/lib/domain/template-filters'
import type { ReservedName } from '@/lib/domain/templates'

/** What a template editor offers besides the variables at hand. */

export const templateFilters: readonly string[] = filterNames

const labels: Record<ReservedName, string> = {
  access_token: 'The token in force',
  refresh_token: 'The refresh token in force',
  token_type: 'The type of the token in force',
  signed_jwt: 'A JSON Web Token, signed for the request',
  redirect_uri: 'The redirect URI of the authorisation',
  now: 'The time of the request',
  nonce: 'A random text, fixed per request',
  uuid: 'A random UUID, fixed per request',
  request_method: 'GET, POST …',
  request_url: 'The address of the request, without its query',
  request_host: 'The host of the request',
  request_path: 'The path of the request',
  request_query: 'The query, sorted and encoded; in signatures only',
  request_body: 'The body; in signatures only',
}

/** Names that are filled when a request is built; add them to the variables of a TemplateField where they make sense. */
export const runTimeVariables = Object.entries(labels).map(([key, label]) => ({ key, label, origin: 'Filled at run time' }))
