import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { definitionLimits } from '../openapi/limits'
import type { ObjectNode } from '../openapi/nodes'
import { isPlainLine, quote } from '../openapi/texts'
import { authUrl, Settings, templateOf, type AuthContext, type AuthDraft, type AuthReader } from './auth-context'
import type { Auth } from './auth-fields'
import { textPart } from './parts'
import { namesIn, piecesOf } from './references'

type Requests = NonNullable<MethodInput['requests']>
type MethodParameters = NonNullable<MethodInput['parameters']>

/** Settings of the Postman app, which say nothing about the API. */
const ofTheApp = [
  ...['tokenName', 'tokenType', 'useBrowser', 'state', 'redirect_uri', 'redirectUri', 'callBackUrl', 'code_verifier'],
  ...['authorizationCode', 'customParams', 'refreshToken', 'idToken', 'expires_in', 'timestamp'],
]

/** OAuth 2: by its grant. What Patchbay cannot get itself is a token that a person enters. */
export function readOAuth2(...[auth, context]: Parameters<AuthReader>): ReturnType<AuthReader> {
  const { fields, node } = auth
  const grant = grantOf(auth)
  const token = fields.text('accessToken')
  // It is a secret, even where it is not imported.
  for (const name of namesIn(token)) context.sources.markSecret(name)
  for (const environment of context.sources.environments)
    context.secrets.add(context.sources.resolve(token, environment) ?? '')
  const read =
    grant === 'token' || grant === 'implicit' ? asToken(auth, grant, token, context) : asGrant(auth, grant, context)
  const unread = fields.unread(ofTheApp)
  if (unread.length > 0)
    context.report.add(
      'not_imported',
      node,
      `Settings of OAuth 2 without a counterpart were left out: ${unread.slice(0, 10).map(quote).join(', ')}.`,
    )
  return read
}

type Grant = 'authorization_code' | 'client_credentials' | 'password' | 'implicit' | 'token'

function grantOf({ fields }: Auth): Grant {
  const given = fields.text('grant_type') || fields.text('grantType')
  if (given === 'implicit') return 'implicit'
  if (/^password/.test(given)) return 'password'
  if (given === 'client_credentials') return 'client_credentials'
  if (/^authorization_code/.test(given) || fields.text('authUrl') !== '') return 'authorization_code'
  return fields.text('accessTokenUrl') === '' ? 'token' : 'client_credentials'
}

function asToken({ node, fields }: Auth, grant: Grant, text: string, { report }: AuthContext): AuthDraft {
  if (grant === 'implicit')
    report.add(
      'changed',
      node,
      'Patchbay cannot get a token by the implicit flow. The method asks for an access token.',
    )
  for (const name of ['authUrl', 'clientId', 'scope', 'client_authentication']) fields.text(name)
  return {
    ...{ name: 'OAuth 2 (access token)', type: 'token', variables: [{ key: 'token', displayName: 'Access token' }] },
    options: { placement: placementOf({ fields }, 'token') },
    given: [{ key: 'token', text, secret: true }],
  }
}

function placementOf({ fields }: Pick<Auth, 'fields'>, key: 'token' | 'access_token') {
  const given = fields.text('headerPrefix')
  const prefix = given === '' ? 'Bearer' : given.trim()
  if (/^query/i.test(fields.text('addTokenTo')))
    return { place: 'url' as const, key: 'access_token', value: `{{ ${key} }}` }
  const isSound = /^[\w-]{1,64}$/.test(prefix)
  return { place: 'header' as const, key: 'Authorization', value: `${isSound ? `${prefix} ` : ''}{{ ${key} }}` }
}

function asGrant(auth: Auth, grant: Exclude<Grant, 'token' | 'implicit'>, context: AuthContext): AuthDraft {
  const { node, fields } = auth
  const url = (name: string) => authUrl(fields.text(name), node, context)
  const authorise = grant === 'authorization_code' ? url('authUrl') : null
  const exchange = url('accessTokenUrl')
  const refresh = url('refreshTokenUrl')
  if (exchange === null)
    context.report.add('not_imported', node, 'OAuth 2 has no token URL. Enter it on the tab URLs of the method.')
  const requests: Requests = {
    ...(authorise !== null && { authorise: { url: authorise } }),
    ...(exchange !== null && { exchange: { url: exchange } }),
    ...(refresh !== null && refresh !== exchange && { refresh: { url: refresh } }),
  }
  const settings = new Settings(context)
  if (grant === 'password') settings.add('grant_type', 'password')
  const scope = fields.text('scope')
  if (scope !== '') settings.add('scope', scope)
  const clientAuthentication =
    fields.text('client_authentication') === 'body' ? 'client_secret_post' : 'client_secret_basic'
  const challenge = fields.text('challengeAlgorithm')
  const isPkce = fields.text('grant_type') === 'authorization_code_with_pkce'
  const options = {
    placement: placementOf(auth, 'access_token'),
    clientAuthentication,
    ...(grant === 'authorization_code' && { pkce: isPkce ? (challenge === 'plain' ? 'plain' : 'S256') : 'off' }),
  }
  const isPassword = grant === 'password'
  return {
    name: names[grant],
    type: grant === 'authorization_code' ? 'oauth2_authorization_code' : 'oauth2_client_credentials',
    variables: [...(isPassword ? passwordVariables : []), ...settings.variables],
    options: options as MethodInput['options'],
    requests,
    parameters: [...(isPassword ? passwordParameters : []), ...sentParameters(auth, context)],
    given: [
      { key: 'client_id', text: fields.text('clientId'), secret: false },
      { key: 'client_secret', text: fields.text('clientSecret'), secret: true },
      ...(isPassword
        ? [
            { key: 'username', text: fields.text('username'), secret: false },
            { key: 'password', text: fields.text('password'), secret: true },
          ]
        : []),
      ...settings.given,
    ],
  }
}

const names = {
  authorization_code: 'OAuth 2 (authorisation code)',
  client_credentials: 'OAuth 2 (client credentials)',
  password: 'OAuth 2 (password)',
}

const passwordVariables = [
  { key: 'username', displayName: 'Username', required: true },
  { key: 'password', displayName: 'Password', required: true, secret: true },
  { key: 'client_secret', required: false },
]

const passwordParameters: MethodParameters = [
  { in: 'body', key: 'username', value: '{{ username }}', sentWith: ['exchange'] },
  { in: 'body', key: 'password', value: '{{ password }}', sentWith: ['exchange'] },
]

const lists = [
  ['authRequestParams', 'authorise'],
  ['tokenRequestParams', 'exchange'],
  ['refreshRequestParams', 'refresh'],
] as const

/** Parameters that are added to the requests of the flow. */
function sentParameters({ node, fields }: Auth, context: AuthContext): MethodParameters {
  const named: MethodParameters = ['audience', 'resource'].flatMap((key) => {
    const value = fields.text(key)
    return value === '' ? [] : parameter({ place: 'body', key, value, phase: 'exchange' }, node, context)
  })
  const listed = lists.flatMap(([list, phase]) =>
    fields.list(list).flatMap((entry) => {
      if (entry.value.enabled === false || entry.value.disabled === true) return []
      const text = (name: string) => textPart(context.report, entry, name)
      const sent = text('send_as')
      const place =
        phase === 'authorise' || sent === 'request_url' ? 'url' : sent === 'request_header' ? 'header' : 'body'
      return parameter({ place, key: text('key'), value: text('value'), phase }, entry, context)
    }),
  )
  return [...named, ...listed].slice(0, 50)
}

type Sent = {
  place: 'url' | 'header' | 'body'
  key: string
  value: string
  phase: 'authorise' | 'exchange' | 'refresh'
}

/** What differs between environments is a variable. No secret. */
function parameter({ place, key, value, phase }: Sent, node: ObjectNode, context: AuthContext): MethodParameters {
  const { report, secrets } = context
  if (key !== '' && value !== '' && isPlainLine(key, definitionLimits.key) && !secrets.isIn(key)) {
    const template = parameterText(key, value, node, context)
    if (template !== null && template !== '' && isPlainLine(template, definitionLimits.variableText))
      return [{ in: place, key, value: template, sentWith: [phase] }]
  }
  report.add(
    'not_imported',
    node,
    `The parameter ${quote(secrets.redacted(key))} of a token request was left out. Add it to the method.`,
  )
  return []
}

function parameterText(key: string, text: string, node: ObjectNode, { sources, draft }: AuthContext): string | null {
  const [only = '', ...others] = sources.everyValue(text) ?? []
  if (only !== '' && others.length === 0) return draft.methodText(only, key)
  const isSound = piecesOf(text).every(
    (piece) => piece.kind === 'variable' || draft.methodText(piece.text, '') !== null,
  )
  return isSound ? templateOf(text, node, draft) : null
}
