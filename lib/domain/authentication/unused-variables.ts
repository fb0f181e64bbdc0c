import type { MethodDefinition } from '../method-options/method-definition'
import type { MethodOptions } from '../method-options/options-schema'
import { namesIn } from './method-texts'
import { authenticationTypeDefinitions } from './registry'

type Method = Pick<MethodDefinition, 'type' | 'options' | 'parameters' | 'phases'>

/**
 * The variables that a method's options make needless: not asked, not required. One that a template of the method names
 * is needed, and so is one that only one of its requests proves the client with.
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

/** Those in force: a phase's own, and for what says none that of the first token request, or of the options. */
function clientAuthenticationsOf({ phases, options: { clientAuthentication } }: Method): Kind[] {
  const own = phases.flatMap(({ url, kind, clientAuthentication: named }) =>
    named && (url || kind === 'refresh') ? [named as Kind] : [],
  )
  const first = phases.find(({ kind, step }) => kind === 'exchange' && step === 0)?.clientAuthentication
  return first ? own : [clientAuthentication, ...own]
}
