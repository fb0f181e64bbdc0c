import type { MethodDefinition } from '../method-options/method-definition'
import { optionsOfGroups } from '../method-options/options'
import type { MethodOptions } from '../method-options/options-schema'
import { templateVariables } from '../templates/parse-template'
import { authenticationTypeDefinitions } from './registry'

/** Of a method what its texts depend on; a plan of a method that does not exist yet has it too. */
export type MethodWithTexts = Pick<MethodDefinition, 'type'> & {
  options: Partial<MethodOptions>
  phases: readonly Pick<MethodDefinition['phases'][number], 'url' | 'body' | 'clientAuthentication'>[]
  parameters: readonly Pick<MethodDefinition['parameters'][number], 'value'>[]
}

/** Every template of a method, of those options that its type has and uses. The only answer to "which texts". */
export function textsOf(method: MethodWithTexts): string[] {
  return templatesIn([usedOptions(method), requestsOf(method)])
}

/** Those of its options alone. */
export function optionTextsOf(method: MethodWithTexts): string[] {
  return templatesIn(usedOptions(method))
}

/** Every name in the templates of a method, arguments of filters included. The only answer to "which variables". */
export function namesIn(method: MethodWithTexts): ReadonlySet<string> {
  return namesOf(textsOf(method))
}

/** The names in some texts; one that is no template names nothing. */
export function namesOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => {
      const names = templateVariables(text)
      return names.ok ? names.value : []
    }),
  )
}

function requestsOf({ phases, parameters }: MethodWithTexts) {
  return [phases.map(({ url, body }) => [url, body]), parameters.map(({ value }) => value)]
}

/** The description of a JWT counts only where a request has one. */
function usedOptions(method: MethodWithTexts): Partial<MethodOptions> {
  const groups = authenticationTypeDefinitions[method.type].optionGroups
  const { jwt, ...others } = optionsOfGroups(groups, method.options)
  return jwt !== undefined && sendsJwt(method, others) ? { ...others, jwt } : others
}

const signingClients = ['private_key_jwt', 'client_secret_jwt']

function sendsJwt(method: MethodWithTexts, options: Partial<MethodOptions>): boolean {
  const clients = [
    options.clientAuthentication,
    ...method.phases.map(({ clientAuthentication }) => clientAuthentication),
  ]
  if (method.type === 'signed_jwt' || clients.some((client) => client && signingClients.includes(client))) return true
  return namesOf(templatesIn([options, requestsOf(method)])).has('signed_jwt')
}

/** The texts anywhere in a value that hold an output. */
function templatesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('{{') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(templatesIn)
}
