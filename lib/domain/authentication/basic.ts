import { base64, hasControlCharacter } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { templateVariables } from '../templates/parse-template'
import { usernameAndPassword } from './default-variable'
import { defaultsOf } from '../method-options/options'
import type { MethodOptions } from '../method-options/options-schema'
import { renderTexts } from './own-values'
import { nothingApplied } from './placement'
import type { AppliedCredentials, AuthenticationTypeDefinition, CredentialInput } from './types'

/**
 * `Authorization: Basic base64(username:password)`, in UTF-8.
 * @see RFC 7617 §2
 */
export function basicAuthorization(username: string, password: string): Result<string> {
  if (username.includes(':'))
    return refuse('invalid_value', 'A user name for basic authentication must not contain a colon (RFC 7617).')
  if (hasControlCharacter(username + password)) {
    return refuse(
      'invalid_value',
      'The user name or the password contains a control character, which basic authentication does not allow (RFC 7617).',
    )
  }
  return succeed(`Basic ${base64(`${username}:${password}`)}`)
}

function applyCredentials({ options, scope, context }: CredentialInput): Result<AppliedCredentials> {
  const pair = renderTexts(options.basic, { scope, context })
  if (!pair.ok) return pair
  const value = basicAuthorization(pair.value.username, pair.value.password)
  if (!value.ok) return value
  context.secrets?.addWhole(value.value.slice('Basic '.length))
  return succeed({ ...nothingApplied, headers: [['Authorization', value.value]], secrecy: 'whole' })
}

/** The variables that no template of the method uses, such as the password if the third party needs only an API key. */
function unusedVariables({ basic: pair, computed }: MethodOptions): string[] {
  const named = [pair.username, pair.password, ...computed.map(({ value }) => value)].flatMap((text) => {
    const names = templateVariables(text)
    return names.ok ? names.value : []
  })
  return ['username', 'password'].filter((key) => !named.includes(key))
}

export const basic: AuthenticationTypeDefinition = {
  type: 'basic',
  label: 'Basic authentication',
  description: 'A user name and a password, sent with every request in the Authorization header.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: usernameAndPassword,
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common', 'basic'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables,
  applyCredentials,
}
