import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { definitionLimits } from './limits'
import type { ObjectNode } from './nodes'
import type { ReadMethod } from './read-security'
import type { Reader } from './reader'
import type { MethodDraft } from './scheme-methods'
import { quote } from './texts'
import { keysOfType } from './variable-keys'

/** A method as a connector document writes it, with the scopes of its operations and the proposed test request. */
export function methodInput(
  reader: Reader,
  { name, draft, scopes, node }: ReadMethod,
  testUrl: string | null,
): MethodInput {
  const { type, options, requests, parameters } = draft
  const method: MethodInput = {
    ...{ name, type, variables: withScopes(reader, draft, [...scopes], node) },
    ...(options !== undefined && { options }),
    ...((requests || testUrl !== null) && {
      requests: { ...requests, ...(testUrl !== null && { verify: { url: testUrl } }) },
    }),
    ...(parameters && { parameters }),
  }
  return method
}

function withScopes({ report }: Reader, { type, variables }: MethodDraft, scopes: readonly string[], node: ObjectNode) {
  if (scopes.length === 0 || !keysOfType(type).includes('scope')) return variables
  const own = variables.find(({ key }) => key === 'scope')
  const all = new Set([...(own?.defaultValue ?? '').split(' ').filter((scope) => scope !== ''), ...scopes])
  let defaultValue = ''
  for (const scope of all) {
    const longer = defaultValue === '' ? scope : `${defaultValue} ${scope}`
    if (longer.length <= definitionLimits.variableText) defaultValue = longer
    else report.add('limit', node, `The default scope would be too long with ${quote(scope)}, which was left out.`)
  }
  if (findLiteralSecret(defaultValue, 'scope') !== null) {
    report.add('changed', node, 'The default scope was left out: it looks like a secret.')
    return variables
  }
  return [...variables.filter((variable) => variable !== own), { ...own, key: 'scope', defaultValue }]
}
