import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type {
  ConnectorDefinition,
  EndpointDefinition,
  ParameterDefinition,
  PhaseDefinition,
  VariableDefinition,
} from '@/lib/domain/definitions'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { Rendered } from '@/lib/domain/secrecy'
import type { ScopedValue, TemplateScope } from '@/lib/domain/templates/template'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

/** Plain definitions for tests of the rules. Ids are the keys with their level as prefix. */

export function aVariable(key: string, given: Partial<VariableDefinition> = {}): VariableDefinition {
  const level = given.level ?? 'connector'
  return {
    ...{
      id: `${level}-${key}`,
      level,
      key,
      displayName: key,
      helpText: '',
      alias: '',
      defaultValue: '',
      required: false,
      configurable: true,
    },
    ...{ advanced: false, secret: false, locked: false, inputKind: 'text', options: [], pattern: '' },
    ...given,
  } as VariableDefinition
}

export function aParameter(key: string, value: string, given: Partial<ParameterDefinition> = {}): ParameterDefinition {
  return {
    id: `parameter-${key}`,
    place: 'url',
    key,
    value,
    required: true,
    displayName: key,
    helpText: '',
    phases: [],
    steps: [],
    ...given,
  }
}

export function aPhase(kind: PhaseDefinition['kind'], given: Partial<PhaseDefinition> = {}): PhaseDefinition {
  return {
    ...{
      kind,
      step: 0,
      httpMethod: null,
      url: null,
      bodyFormat: null,
      body: null,
      clientAuthentication: null,
      successRule: null,
      extract: null,
    },
    ...given,
  }
}

export function aConnector(given: Partial<ConnectorDefinition> = {}): ConnectorDefinition {
  return {
    id: 'connector',
    name: 'Acme',
    baseUrl: 'https://api.acme.test/v1',
    allowedHosts: [],
    variables: [],
    parameters: [],
    ...given,
  }
}

/** Omitted options have the type's defaults. */
type GivenMethod = Omit<Partial<MethodDefinition>, 'options'> & { options?: object }

/** Has the variables of its type, like a new method. */
export function aMethod(type: AuthenticationType, { options = {}, ...given }: GivenMethod = {}): MethodDefinition {
  const definition = authenticationTypeDefinitions[type]
  return {
    ...{
      id: `method-${type}`,
      key: type,
      name: definition.label,
      type,
      timeoutSeconds: 30,
      revision: 1,
      options: valueOf(readMethodOptions(type, options)),
    },
    variables: definition.defaultVariables.map((variable) => aVariable(variable.key, { ...variable, level: 'method' })),
    parameters: [],
    phases: definition.defaultPhases.map((phase) => aPhase(phase.kind, phase)),
    ...given,
  }
}

/** An OAuth method with its URLs. */
export function anOAuthMethod(options: object = {}, given: GivenMethod = {}): MethodDefinition {
  return aMethod('oauth2_authorization_code', {
    options,
    phases: [
      aPhase('authorise', { url: 'https://login.acme.test/authorize' }),
      aPhase('exchange', { url: 'https://login.acme.test/token', httpMethod: 'POST' }),
      aPhase('refresh'),
      aPhase('verify', { url: '/me', httpMethod: 'GET' }),
    ],
    ...given,
  })
}

export function anEndpoint(given: Partial<EndpointDefinition> = {}): EndpointDefinition {
  return {
    ...{
      id: 'endpoint',
      key: 'list-orders',
      name: 'List orders',
      entityType: 'orders',
      direction: 'receive',
      httpMethod: 'GET',
    },
    ...{ url: '/orders', bodyFormat: 'none', body: '', dataPath: '', variables: [], parameters: [] },
    ...given,
  } as EndpointDefinition
}

export function aScope(values: Record<string, string | Partial<ScopedValue>>): TemplateScope {
  return new Map(
    Object.entries(values).map(([key, given]) => {
      const value: Partial<ScopedValue> = typeof given === 'string' ? { value: given } : given
      return [key, { value: '', required: false, secrecy: 'none', label: key, ...value }]
    }),
  )
}

/** Values of method-level variables, by the ids that `aMethod` gives them. */
export function methodValues(values: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(values).map(([key, value]) => [`method-${key}`, value]))
}

/** Only the text of a rendered value. */
export function textIn(result: Result<Rendered>): Result<string> {
  return result.ok ? succeed(result.value.text) : result
}

export function valueOf<Value>(result: Result<Value, Refusal>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export function refusalOf<Failure extends Refusal>(result: Result<unknown, Failure>): Failure {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`)
  return result.error
}

export function codeOf(result: Result<unknown, Refusal>): string {
  return result.ok ? 'accepted' : result.error.code
}

/** Texts that attackers use to break out of a location. */
export const hostileValues = [
  '../../admin',
  '..',
  '.',
  '%2e%2e',
  '%2E%2E%2Fadmin',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'x?admin=1',
  'x#frag',
  'x&admin=1',
  'x;admin=1',
  'a=b',
  'a+b c',
  '"',
  "'",
  '","admin":true,"x":"',
  '\\',
  '\\"',
  '}',
  '{{ secret }}',
  '[[payload.x]]',
  '{% assign x = 1 %}',
  '<admin/>',
  ']]>',
  '&amp;',
  'é',
  '😀',
  '%',
  '%zz',
  'constructor',
  '__proto__',
  '@evil.test',
  'evil.test',
  'https://evil.test',
  '//evil.test',
  ':80',
  '-',
  ' ',
  'a,b',
]

/** Texts with a line break or another control character. */
export const controlValues = ['a\r\nX-Admin: 1', 'a\nb', 'a\rb', '\u0000', 'a\u007fb', 'a\u0085b', '\u001b[0m']
