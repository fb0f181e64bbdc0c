import type { MethodOptions } from '../method-options/options-schema'
import { refuse, succeed, type Result } from '../result'
import type { SecretBook } from '../secret-book'
import { renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { AuthenticationType } from '../vocabulary'
import { oauth2Types } from './oauth2-types'
import { joinScopes } from './scopes'

/** The purpose of a token request. */
export type GrantInput =
  | { kind: 'code'; code: string; redirectUri: string; codeVerifier: string | null }
  /** Needs no person: sent with the stored credentials, also to get a new token later. */
  | { kind: 'exchange' }
  /** `redirectUri`: the one used for the authorisation, for servers that require it again. */
  | { kind: 'refresh'; refreshToken: string | null; accessToken?: string | null; redirectUri?: string }
  | { kind: 'revoke'; accessToken: string; refreshToken: string | null }

export type Field = [name: string, value: string]

/** @see RFC 7523 §2.1 */
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export type GrantFieldsInput = {
  type: AuthenticationType
  options: MethodOptions
  grant: GrantInput
  scope: TemplateScope
  context: TemplateContext
}

/** The fields of the grant under their standard names. A refresh without a token is refused. */
export function grantFields(input: GrantFieldsInput): Result<Field[]> {
  const { type, grant } = input
  if (!oauth2Types.includes(type)) return succeed([])
  if (grant.kind === 'refresh') return refreshFields(input, grant)
  if (grant.kind === 'revoke') return succeed(revokeFields(grant))
  if (grant.kind === 'code') return succeed(codeFields(input, grant))
  if (type === 'signed_jwt') return assertionFields(input)
  return succeed(type === 'oauth2_client_credentials' ? clientCredentialsFields(input) : [])
}

function valueOf(scope: TemplateScope, key: string, fallback: string): string {
  return scope.get(key)?.value || fallback
}

function withoutEmpty(fields: Field[]): Field[] {
  return fields.filter(([, value]) => value !== '')
}

/** @see RFC 6749 §4.1.3, RFC 7636 §4.5 */
function codeFields(
  { scope }: GrantFieldsInput,
  { code, redirectUri, codeVerifier }: Extract<GrantInput, { kind: 'code' }>,
): Field[] {
  return withoutEmpty([
    ['grant_type', valueOf(scope, 'grant_type', 'authorization_code')],
    ['code', code],
    ['redirect_uri', redirectUri],
    ['code_verifier', codeVerifier ?? ''],
  ])
}

/** @see RFC 6749 §4.4.2 */
function clientCredentialsFields({ scope, options }: GrantFieldsInput): Field[] {
  return withoutEmpty([
    ['grant_type', valueOf(scope, 'grant_type', 'client_credentials')],
    ['scope', joinScopes(valueOf(scope, 'scope', ''), options.scopeSeparator)],
  ])
}

/** @see RFC 7523 §2.1 */
function assertionFields({ scope, context }: GrantFieldsInput): Result<Field[]> {
  const template = parseTemplate('{{ signed_jwt }}')
  if (!template.ok) return template
  const assertion = renderTemplate(template.value, scope, context)
  if (!assertion.ok) return assertion
  return succeed([
    ['grant_type', valueOf(scope, 'grant_type', jwtBearer)],
    ['assertion', assertion.value.text],
  ])
}

/** Some third parties extend the access token itself. @see RFC 6749 §6 */
function refreshFields(
  { scope, options }: GrantFieldsInput,
  grant: Extract<GrantInput, { kind: 'refresh' }>,
): Result<Field[]> {
  const name = options.refreshBy === 'access_token' ? 'access_token' : 'refresh_token'
  const token = name === 'access_token' ? grant.accessToken : grant.refreshToken
  if (!token)
    return refuse(
      'no_token',
      `There is no ${name === 'access_token' ? 'access' : 'refresh'} token to refresh with. Authorise the instance again.`,
    )
  return succeed([
    ['grant_type', valueOf(scope, 'refresh_grant_type', 'refresh_token')],
    [name, token],
  ])
}

/**
 * The refresh token, otherwise the access token: revoking a refresh token revokes its access tokens too. @see RFC 7009
 * §2.1
 */
function revokeFields({ accessToken, refreshToken }: Extract<GrantInput, { kind: 'revoke' }>): Field[] {
  return [
    ['token', refreshToken ?? accessToken],
    ['token_type_hint', refreshToken === null ? 'access_token' : 'refresh_token'],
  ]
}

/** Secrets of a grant, to redact. */
export function addSecretsOfGrant(grant: GrantInput, secrets: SecretBook): void {
  if (grant.kind === 'exchange') return
  const texts = grant.kind === 'code' ? [grant.code, grant.codeVerifier] : [grant.refreshToken, grant.accessToken]
  for (const text of texts) secrets.addWhole(text)
}
