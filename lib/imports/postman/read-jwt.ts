import { isObject } from '@/lib/domain/is-object'
import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { jwtAlgorithms } from '@/lib/domain/jwt/compact-jws'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { definitionLimits } from '../openapi/limits'
import { isPlainLine, quote } from '../openapi/texts'
import { Settings, templateOf, type AuthContext, type AuthReader } from './auth-context'
import type { Auth } from './auth-fields'
import { jsonOf } from './parts'

type Claim = { name: string; value: string; kind?: 'text' | 'number' | 'json' }

/** Claims that Patchbay sets for every request. */
const ownClaims = ['iat', 'exp', 'nbf', 'jti']
const mostClaims = 40

/** A JWT that is signed for every request. */
export function readJwt(...[auth, context]: Parameters<AuthReader>): ReturnType<AuthReader> {
  const { node, fields } = auth
  const algorithm = fields.text('algorithm') || 'HS256'
  if (!jwtAlgorithms.some((known) => known === algorithm)) {
    context.report.add('not_imported', node, `A JWT cannot be signed with ${quote(algorithm)}. Add a method for it.`)
    return null
  }
  const isShared = algorithm.startsWith('HS')
  const header = claimsOf(auth, 'headers', context).filter(({ name }) => name !== 'alg' && name !== 'typ')
  const claims = claimsOf(auth, 'payload', context).filter(({ name }) => !ownClaims.includes(name))
  const prefix = (fields.text('headerPrefix') || 'Bearer').trim()
  const inQuery = fields.text('addTokenTo') === 'queryParam'
  const jwt = {
    ...{ algorithm, key: '{{ private_key }}', lifetime: '{{ lifetime }}' },
    keyEncoding: isShared ? (fields.flag('isSecretBase64Encoded') ? 'base64' : 'text') : 'pem',
    ...{ header: header.slice(0, 20).map(({ name, value }) => ({ name, value })), claims },
  }
  return {
    ...{ name: 'Signed JWT', type: 'signed_jwt', variables: [] },
    options: {
      jwt,
      placement: inQuery
        ? { place: 'url', key: keyOf(fields.text('queryParamKey')), value: '{{ signed_jwt }}' }
        : {
            place: 'header',
            key: 'Authorization',
            value: `${/^[\w-]+$/.test(prefix) ? `${prefix} ` : ''}{{ signed_jwt }}`,
          },
    } as MethodInput['options'],
    given: [{ key: 'private_key', text: fields.text(isShared ? 'secret' : 'privateKey'), secret: true }],
  }
}

const keyOf = (given: string) => (given !== '' && isPlainLine(given, definitionLimits.key) ? given : 'token')

/** Atlassian's service authentication: a JWT with issuer, audience and key ID. */
export function readAsap(...[{ fields }, context]: Parameters<AuthReader>): ReturnType<AuthReader> {
  const settings = new Settings(context)
    .add('algorithm', fields.text('alg') || 'RS256')
    .add('issuer', fields.text('iss'))
    .add('audience', fields.text('aud'))
    .add('key_id', fields.text('kid'))
  const lifetime = fields.text('exp')
  if (/^[1-9]\d{0,7}$/.test(lifetime)) settings.add('lifetime', lifetime)
  return {
    ...{ name: 'ASAP', type: 'signed_jwt', variables: settings.variables },
    given: [{ key: 'private_key', text: fields.text('privateKey'), secret: true }, ...settings.given],
  }
}

function claimsOf({ node, fields }: Auth, field: 'headers' | 'payload', context: AuthContext): Claim[] {
  const name = field === 'headers' && fields.text('header') !== '' ? 'header' : field
  const given = fields.json(name)
  if (given === undefined || given === null || given === '') {
    if (fields.text(name) !== '')
      context.report.add(
        'not_imported',
        node,
        'The claims of the JWT are no JSON, so they were left out. Add them to the method.',
      )
    return []
  }
  if (!isObject(given)) return []
  const claims = Object.entries(given).slice(0, mostClaims)
  return claims.flatMap(([claim, value]): Claim[] => {
    const kind = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'json'
    const text = typeof value === 'string' ? value : jsonOf(context.report, node, value)
    if (text === null) return []
    const template = templateOf(text, node, context.draft)
    const isSound =
      claim !== '' &&
      isPlainLine(claim, definitionLimits.key) &&
      isPlainLine(template, definitionLimits.variableText) &&
      findLiteralSecret(template, claim) === null &&
      !context.secrets.isIn([claim, template]) &&
      !template.includes('{%')
    if (isSound) return [{ name: claim, value: template, kind }]
    context.report.add(
      'not_imported',
      node,
      `The claim ${quote(context.secrets.redacted(claim))} of the JWT was left out. Add it to the method.`,
    )
    return []
  })
}
