import type { VariableDefinition } from '../definitions'
import { firstFree } from '../names'
import { isSecretName } from './literal-secrets'

const inCapitals: ReadonlySet<string> = new Set(['api', 'id', 'ip', 'jwt', 'sku', 'url', 'uri', 'uuid', 'vat'])

/**
 * The variable to create for an unknown name in a template. It is required, because the request cannot be built without
 * it, and secret if its name says so.
 */
export function variableOfName(key: string): Omit<VariableDefinition, 'id' | 'level' | 'locked'> {
  return {
    key,
    displayName: displayNameOf(key),
    helpText: '',
    alias: '',
    defaultValue: '',
    required: true,
    configurable: true,
    advanced: false,
    secret: isSecretName(key),
    inputKind: 'text',
    options: [],
    pattern: '',
  }
}

/** `order_id` and `orderId` → "Order ID" */
export function displayNameOf(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => (inCapitals.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()))
    .join(' ')
  return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1)
}

type KeyOptions = { keepsCase?: boolean; fallback?: string }

/** `X-Api-Key` → `x_api_key`, with a number behind it if that key is taken. */
export function freeVariableKey(
  text: string,
  taken: ReadonlySet<string>,
  { keepsCase = false, fallback = 'secret' }: KeyOptions = {},
): string {
  const plain = (keepsCase ? text : text.toLowerCase())
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_')
    .slice(0, 60)
  return firstFree(plain || fallback, '_', (key) => taken.has(key))
}
