import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkVariableKey } from '@/lib/domain/variables/variable-key'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { definitionLimits } from './limits'

/** A key for a name of the document: `filter[created_at]` → `filter_created_at`. */
export function variableKeyOf(name: string): string {
  const plain = name
    .slice(0, definitionLimits.variableKey * 4)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, definitionLimits.variableKey - 10)
  const key = /^[A-Za-z_]/.test(plain) ? plain : plain === '' ? 'value' : `_${plain}`
  return checkVariableKey(key).ok ? key : `${key}_value`
}

/**
 * The variables of a type. An endpoint's variable of the same key would replace the credential in its requests, because
 * the nearest definition wins.
 */
export function keysOfType(type: AuthenticationType): string[] {
  return authenticationTypeDefinitions[type].defaultVariables.map(({ key }) => key)
}
