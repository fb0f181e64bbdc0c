import { base64, hasControlCharacter } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { renderTemplate } from '../render-template'
import { parseTemplate } from '../templates'
import { lockedVariable } from './default-variable'
import { defaultsOf } from './options'
import { nothingApplied } from './placement'
import type { AppliedCredentials, AuthenticationTypeDefinition, CredentialInput } from './types'

/**
 * `Authorization: Basic base64(username:password)`, in UTF-8.
 * @see RFC 7617 §2
 */
export function basicAuthorization(username: string, password: string): Result<string> {
  if (username.includes(':')) return refuse('invalid_value', 'A user name for basic authentication must not have a colon in it (RFC 7617).')
  if (hasControlCharacter(username + password)) {
    return refuse(
      'invalid_value',
      'The user name or the password has a control character in it, which basic authentication does not allow (RFC 7617).',
    )
  }
  return succeed(`Basic ${base64(`${username}:${password}`)}`)
}

function applyCredentials({ scope, context }: CredentialInput): Result<AppliedCredentials> {
  const username = read('{{ username }}', scope, context)
  if (!username.ok) return username
  const password = read('{{ password }}', scope, context)
  if (!password.ok) return password
  const value = basicAuthorization(username.value, password.value)
  if (!value.ok) return value
  return succeed({ ...nothingApplied, headers: [['Authorization', value.value]], secrets: [value.value.slice('Basic '.length)] })
}

function read(source: string, scope: CredentialInput['scope'], context: CredentialInput['context']): Result<string> {
  const template = parseTemplate(source)
  return template.ok ? renderTemplate(template.value, scope, context) : template
}

export const basic: AuthenticationTypeDefinition = {
  type: 'basic',
  label: 'Basic authentication',
  description: 'A user name and a password, sent with every request in the Authorization header.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [
    lockedVariable({ key: 'username', displayName: 'Username' }),
    lockedVariable({ key: 'password', displayName: 'Password', secret: true }),
  ],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials,
}
