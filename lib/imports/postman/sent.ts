import { checkHeader } from '@/lib/domain/content/headers'
import { definitionLimits } from '../openapi/limits'
import type { ParameterInput } from '../openapi/endpoint-draft'
import type { Node } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { isPlainLine, labelOf, literal, quote, textOf } from '../openapi/texts'
import type { PostmanDraft } from './draft'
import { cookiesOf, findSecret, isCookie, isCredential } from './find-secret'
import { namesIn } from './references'
import type { Secrets } from './secrets'

/** What a request sends: a query parameter, a header, or a field of a form. */
export type Sent = {
  place: 'url' | 'header' | 'body'
  key: string
  value: string
  disabled: boolean
  description: string
  node: Node
}

type Context = { report: Report; draft: PostmanDraft; secrets: Secrets }

/** Headers that Patchbay sets itself, or that Postman adds to every request. */
const ownHeaders = [
  ...['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'te', 'trailer', 'expect'],
  ...['upgrade', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'postman-token'],
]

/** The parameters of an endpoint. What is switched off in Postman becomes an optional filter. */
export function parametersOf(all: readonly Sent[], { report, draft, secrets }: Context): ParameterInput[] {
  return all.flatMap((sent, index): ParameterInput[] => {
    const { place, key, value, disabled, description, node } = sent
    if (index >= definitionLimits.parameters) {
      report.add(
        'limit',
        node,
        `An endpoint has at most ${definitionLimits.parameters} parameters. The others were left out.`,
      )
      return []
    }
    if (place === 'header' && ownHeaders.includes(key.toLowerCase())) {
      report.add('note', node, `Patchbay sets the header ${quote(key)} itself, so it was left out.`)
      return []
    }
    if (!isKey(sent) || secrets.isIn(key)) {
      report.add(
        'not_imported',
        node,
        `${quote(secrets.redacted(key))} cannot be the name of what is sent, so it was left out.`,
      )
      return []
    }
    const template = disabled ? '' : templateOf(sent, draft)
    if (template.length > definitionLimits.variableText) {
      report.add('limit', node, `The value of ${quote(key)} is too long, so it was left out.`)
      return []
    }
    const example = disabled ? exampleOf(key, secrets.redacted(value)) : ''
    const about = textOf(secrets.redacted(description), definitionLimits.helpText - 300)
    const helpText = [about, example].filter((text) => text !== '').join('\n')
    const named = { in: place, key, ...(helpText !== '' && { helpText: textOf(helpText, definitionLimits.helpText) }) }
    if (disabled) return [{ ...named, displayName: labelOf(key, definitionLimits.name), required: false }]
    return [{ ...named, value: template, required: true }]
  })
}

/** A value as a help text; empty if it is long, names variables, or may be a secret. */
export function exampleOf(key: string, value: string): string {
  const isHidden = value === '' || value.length > 200 || namesIn(value).length > 0
  return isHidden || isCredential(key) || findSecret(value, key, false) !== null ? '' : `Example: ${value}`
}

/** What is sent with the name of a credential is a secret, whatever it looks like. */
function templateOf({ place, key, value, node }: Sent, draft: PostmanDraft): string {
  if (place === 'body' || !isCredential(key) || value.trim() === '') return draft.template(value, key, node)
  if (namesIn(value).length === 0) return draft.secretOutput(key, value, node)
  return draft.template(value, key, node, isCookie(key) ? cookiesOf(value) : [])
}

function isKey({ place, key }: Sent): boolean {
  if (key === '' || !isPlainLine(key, definitionLimits.key) || literal(key) !== key) return false
  return place !== 'header' || checkHeader(key, '').ok
}
