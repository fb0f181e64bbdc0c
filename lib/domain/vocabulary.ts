/** The product's closed sets of values, with the labels that people see. The enums of the database have the same values. */

export const systemTypes = {
  accounting: 'Accounting',
  crm: 'CRM',
  ecommerce: 'eCommerce',
  erp: 'ERP',
  marketplace: 'Marketplace',
  pim: 'PIM',
  pos: 'POS',
  third_party_logistics: '3PL',
  wms: 'WMS',
  database: 'Database',
  other: 'Other',
} as const
export type SystemType = keyof typeof systemTypes

export const rateLimitUnits = { second: 'second', minute: 'minute', hour: 'hour', day: 'day' } as const
export type RateLimitUnit = keyof typeof rateLimitUnits

export const variableLevels = ['connector', 'method', 'endpoint'] as const
export type VariableLevel = (typeof variableLevels)[number]

export const inputKinds = {
  text: 'Text',
  multiline: 'Text, several lines',
  number: 'Number',
  select: 'Select',
  url: 'URL',
} as const
export type InputKind = keyof typeof inputKinds

export const parameterLocations = { url: 'URL', header: 'Header', body: 'Body', cookie: 'Cookie' } as const
export type ParameterLocation = keyof typeof parameterLocations

/** Where a method may send its credential. `none`: its parameters contain it. */
export const placementLocations = { ...parameterLocations, none: 'Parameters only' } as const
export type PlacementLocation = keyof typeof placementLocations

export const phaseKinds = {
  request_token: 'Request token',
  authorise: 'Authorise',
  exchange: 'Get token',
  refresh: 'Refresh',
  revoke: 'Revoke',
  verify: 'Test request',
  after_connect: 'After-connect lookup',
  endpoint: 'Endpoint requests',
} as const
export type PhaseKind = keyof typeof phaseKinds

export const bodyFormats = {
  none: 'No body',
  json: 'JSON',
  form: 'Form',
  multipart: 'Multipart form',
  xml: 'XML',
  text: 'Text',
  raw: 'Raw',
} as const
export type BodyFormat = keyof typeof bodyFormats

/** How an endpoint returns its records in pages (RUNS §5). */
export const paginationTypes = {
  none: 'One response',
  page_number: 'Page number',
  offset: 'Limit and offset',
  next_url: 'Next-page URL',
  next_token: 'Next-page token',
  link_header: 'Link header',
  last_id: 'Last ID',
  body_cursor: 'Cursor in the body',
} as const
export type PaginationType = keyof typeof paginationTypes

/** The page limit of an endpoint, unless it has another (RUNS §5). */
export const mostPagesByDefault = 10_000

/** Where a request says which page it asks for. */
export const pagePlaces = { url: 'URL', header: 'Header', body: 'Body' } as const
export type PagePlace = keyof typeof pagePlaces

export const directions = { receive: 'Receive', send: 'Send' } as const
export type Direction = keyof typeof directions

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
export type HttpMethod = (typeof httpMethods)[number]

export const instanceStatuses = {
  connected: 'Connected',
  not_verified: 'Not verified',
  awaiting_authorisation: 'Awaiting authorisation',
  needs_authorising_again: 'Needs authorising again',
  failing: 'Failing',
} as const
export type InstanceStatus = keyof typeof instanceStatuses

/** As people see it: a disabled instance is in a state of its own, whatever its credentials are (lib/domain/disabled.ts). */
export const shownStatuses = { ...instanceStatuses, disabled: 'Disabled' } as const
export type ShownStatus = keyof typeof shownStatuses

export const authenticationTypes = {
  basic: 'Basic authentication',
  token: 'Token-based authentication',
  oauth2_client_credentials: 'OAuth 2 (client credentials)',
  oauth2_authorization_code: 'OAuth 2 (authorisation code)',
  oauth1: 'OAuth 1',
  token_exchange: 'Token exchange',
  signed_jwt: 'Signed JWT',
  request_signature: 'Request signature',
  digest: 'Digest',
  none: 'None',
} as const
export type AuthenticationType = keyof typeof authenticationTypes
