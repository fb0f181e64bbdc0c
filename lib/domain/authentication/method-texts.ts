import type { MethodDefinition } from '../method-options/method-definition'
import { optionsOfGroups } from '../method-options/options'
import type { MethodOptions } from '../method-options/options-schema'
import { templateVariables } from '../templates/parse-template'
import { authenticationTypeDefinitions } from './registry'

/** The parts of a method that contain its texts; also of a method that is only planned. */
export type MethodWithTexts = Pick<MethodDefinition, 'type'> & {
  options: Partial<MethodOptions>
  phases: readonly Pick<MethodDefinition['phases'][number], 'url' | 'body' | 'clientAuthentication'>[]
  parameters: readonly Pick<MethodDefinition['parameters'][number], 'value'>[]
}

/** All templates of a method, in the options that its type has and uses. The only function that lists them. */
export function textsOf(method: MethodWithTexts): string[] {
  return templatesIn([usedOptions(method), requestsOf(method)])
}

/** The templates in the options of a method. */
export function optionTextsOf(method: MethodWithTexts): string[] {
  return templatesIn(usedOptions(method))
}

/** All names in the templates of a method, including arguments of filters. The only function that lists them. */
export function namesIn(method: MethodWithTexts): ReadonlySet<string> {
  return namesOf(textsOf(method))
}

/** The names in some texts; an invalid template has none. */
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

/** The JWT options count only if a request uses them. */
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

/** All texts in a value that contain an output. */
function templatesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('{{') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(templatesIn)
}
