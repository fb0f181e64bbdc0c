import { checkHeaderName } from '@/lib/domain/content/headers'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { definitionLimits } from '../openapi/limits'
import { isPlainLine, labelOf, literal, quote } from '../openapi/texts'
import { Settings, type AuthReader } from './auth-context'
import { readOAuth2 } from './read-oauth2'
import { readAsap, readJwt } from './read-jwt'

/** The types of authentication of Postman that Patchbay has too. Others are lines of the report. */
export const authReaders: Readonly<Record<string, AuthReader>> = {
  noauth: () => ({ name: 'No authentication', type: 'none', variables: [], given: [] }),
  basic: (auth) => userAndPassword(auth, 'basic', 'Basic authentication'),
  digest: (auth) => userAndPassword(auth, 'digest', 'Digest'),
  bearer: ({ fields }) => ({
    ...{ name: 'Bearer token', type: 'token', variables: [{ key: 'token', displayName: 'Bearer token' }] },
    options: { placement: { place: 'header', key: 'Authorization', value: 'Bearer {{ token }}' } },
    given: [{ key: 'token', text: fields.text('token'), secret: true }],
  }),
  apikey: readApiKey,
  oauth1: readOAuth1,
  oauth2: readOAuth2,
  awsv4: readAws,
  jwt: readJwt,
  asap: readAsap,
}

function userAndPassword(
  { fields }: Parameters<AuthReader>[0],
  type: 'basic' | 'digest',
  name: string,
): ReturnType<AuthReader> {
  return {
    ...{ name, type, variables: [] },
    given: [
      { key: 'username', text: fields.text('username'), secret: false },
      { key: 'password', text: fields.text('password'), secret: true },
    ],
  }
}

function readApiKey(
  ...[{ node, fields }, { report, secrets, sources }]: Parameters<AuthReader>
): ReturnType<AuthReader> {
  const [key = '', ...others] = sources.everyValue(fields.text('key')) ?? []
  const place = fields.text('in') === 'query' ? 'url' : 'header'
  const isSound = key !== '' && isPlainLine(key, definitionLimits.key) && literal(key) === key && !secrets.isIn(key)
  if (!isSound || (place === 'header' && !checkHeaderName(key).ok)) {
    report.add('not_imported', node, 'An API key has no name under which it can be sent. Add a method for it.')
    return null
  }
  if (others.length > 0)
    report.add(
      'changed',
      node,
      `This API key has another name in each environment. The method sends it as ${quote(key)} for all instances.`,
    )
  const text = fields.text('value')
  const [, scheme = '', rest = text] = /^((?:Bearer|Basic|Token|ApiKey)\s+)(\S[\s\S]*)$/i.exec(text) ?? []
  return {
    ...{ name: labelOf(`API key (${key})`, definitionLimits.name), type: 'token' },
    variables: [{ key: 'token', displayName: 'API key' }],
    options: { placement: { place, key, value: `${scheme}{{ token }}` } },
    given: [{ key: 'token', text: rest, secret: true }],
  }
}

function readOAuth1(...[{ node, fields }, context]: Parameters<AuthReader>): ReturnType<AuthReader> {
  const method = fields.text('signatureMethod') || 'HMAC-SHA1'
  const settings = new Settings(context)
  if (/^(?:HMAC-SHA(?:1|256|512)|RSA-SHA(?:1|256|512)|PLAINTEXT)$/.test(method))
    settings.add('signature_method', method)
  else context.report.add('not_imported', node, `OAuth 1 cannot sign with ${quote(method)}. Choose another method.`)
  const isRsa = method.startsWith('RSA')
  return {
    ...{ name: 'OAuth 1', type: 'oauth1', variables: settings.variables },
    options: {
      oauth1: {
        placement: fields.text('addParamsToHeader') === 'false' ? 'query' : 'header',
        bodyHash: fields.flag('includeBodyHash'),
      },
    },
    given: [
      { key: 'consumer_key', text: fields.text('consumerKey'), secret: false },
      { key: 'consumer_secret', text: fields.text(isRsa ? 'privateKey' : 'consumerSecret'), secret: true },
      { key: 'token', text: fields.text('token'), secret: true },
      { key: 'token_secret', text: fields.text('tokenSecret'), secret: true },
      { key: 'realm', text: fields.text('realm'), secret: false },
      ...settings.given,
    ],
  }
}

function readAws(...[{ fields }, context]: Parameters<AuthReader>): ReturnType<AuthReader> {
  const preset = signaturePresets.find(({ options }) => options.signature.scheme === 'aws_sigv4')!
  const own = preset.variables.map(({ options: _options, ...variable }) => ({ ...variable }))
  const settings = new Settings(context)
    .add('region', fields.text('region') || 'us-east-1')
    .add('service', fields.text('service') || 'execute-api')
  const defaults = new Map(settings.variables.map((variable) => [variable.key, variable]))
  const signedIn = fields.flag('addAuthDataToQuery') ? ('query' as const) : ('header' as const)
  return {
    ...{ name: 'AWS Signature Version 4', type: 'request_signature' },
    variables: own.map((variable) => ({ ...variable, ...defaults.get(variable.key) })),
    options: { signature: { ...preset.options.signature, signedIn }, computed: preset.options.computed },
    given: [
      { key: 'access_key_id', text: fields.text('accessKey'), secret: false },
      { key: 'secret_key', text: fields.text('secretKey'), secret: true },
      { key: 'session_token', text: fields.text('sessionToken'), secret: true },
      ...settings.given,
    ],
  }
}
