import type { MethodDefinition } from '../method-options/method-definition'
import type { MethodOptions } from '../method-options/options-schema'
import { namesIn } from './method-texts'
import { authenticationTypeDefinitions } from './registry'

type Method = Pick<MethodDefinition, 'type' | 'options' | 'parameters' | 'phases'>

/**
 * The variables that a method's options make unnecessary: not shown, not required. A variable is necessary if a template
 * of the method uses it, or if at least one request authenticates the client with it.
 */
export function unusedVariablesOf(method: Method): readonly string[] {
  const { unusedVariables } = authenticationTypeDefinitions[method.type]
  const [first = [], ...others] = clientAuthenticationsOf(method).map((clientAuthentication) =>
    unusedVariables({ ...method.options, clientAuthentication }),
  )
  const unused = first.filter((key) => others.every((keys) => keys.includes(key)))
  if (unused.length === 0) return unused
  const named = namesIn(method)
  return unused.filter((key) => !named.has(key))
}

type Kind = MethodOptions['clientAuthentication']

/** The effective ones: a phase's own, or that of the first token request, or that of the options. */
function clientAuthenticationsOf({ phases, options: { clientAuthentication } }: Method): Kind[] {
  const own = phases.flatMap(({ url, kind, clientAuthentication: named }) =>
    named && (url || kind === 'refresh') ? [named as Kind] : [],
  )
  const first = phases.find(({ kind, step }) => kind === 'exchange' && step === 0)?.clientAuthentication
  return first ? own : [clientAuthentication, ...own]
}
