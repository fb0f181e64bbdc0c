import { blank } from '../curl/named-secrets'
import type { Node, ObjectNode } from '../openapi/nodes'
import { Report } from '../openapi/report'
import { literal } from '../openapi/texts'
import { findSecret, cookiesOf, isCookie, isCredential, isSecretField } from './find-secret'
import { postmanLimits } from './limits'
import { namesIn, piecesOf } from './references'
import { readBody } from './read-body'
import { contentTypeOf } from './read-headers'
import type { PostmanUrl } from './read-url'
import type { Secrets } from './secrets'
import type { Sent } from './sent'
import type { VariableSources } from './variable-sources'

type Context = { sources: VariableSources; secrets: Secrets }
type Sending = { headers: readonly Sent[]; url: PostmanUrl; query: readonly Sent[] }

/**
 * Notes the secrets of a request and the variables that have them, before anything is written: also what is switched
 * off, because another request may contain it.
 */
export function collectSecrets(request: ObjectNode, { headers, url, query }: Sending, context: Context): void {
  const collect = (text: string, name: string) => collectIn(text, name, isSecretField(name), context)
  for (const { key, value } of [...headers, ...query]) {
    collectIn(value, key, isCredential(key), context)
    if (isCookie(key)) for (const { secret } of cookiesOf(value)) context.secrets.add(secret)
  }
  for (const [name, { value }] of url.variables) collect(value, name)
  for (const segment of url.path.split('/')) collect(segment, '')
  const template = (text: string, name: string, _node: Node) => {
    collect(text, name)
    return piecesOf(text)
      .map((piece) => (piece.kind === 'text' ? literal(piece.text) : '{{ v }}'))
      .join('')
  }
  // Its lines are those of the second reading.
  const { fields } = readBody(new Report(), request, contentTypeOf(headers)?.value ?? '', template)
  for (const { key, value } of fields) collect(value, key)
}

/** @param isWhole whether all of the text is a secret */
function collectIn(text: string, name: string, isWhole: boolean, context: Context): void {
  if (text.trim() === '') return
  const names = namesIn(text)
  if (isWhole) for (const variable of names) context.sources.markSecret(variable)
  if (isWhole && names.length === 0) context.secrets.add(withoutScheme(text))
  else collectParts(text, name, context)
}

const withoutScheme = (text: string) => text.trim().replace(/^(?:Bearer|Basic|Token|ApiKey)\s+(?=\S)/i, '')

function collectParts(text: string, name: string, { sources, secrets }: Context): void {
  const variables: { name: string; start: number; end: number }[] = []
  let at = 0
  for (const piece of piecesOf(text)) {
    const end = at + (piece.kind === 'text' ? piece.text : piece.written).length
    if (piece.kind === 'variable') variables.push({ name: piece.name, start: at, end })
    at = end
  }
  // A variable is a word first, so that it can be the value of a name, and no part of a secret later.
  for (const span of spansIn(covered(text, variables, 'v'), name))
    for (const variable of variables)
      if (variable.start < span.end && span.start < variable.end) sources.markSecret(variable.name)
  for (const { start, end } of spansIn(covered(text, variables, blank), name)) secrets.add(text.slice(start, end))
}

function* spansIn(text: string, name: string) {
  let rest = text
  for (let count = 0; count < postmanLimits.secretsOfText; count += 1) {
    const span = findSecret(rest, name, rest.includes(blank))
    if (span === null) return
    yield span
    rest = covered(rest, [span], blank)
  }
}

function covered(text: string, spans: readonly { start: number; end: number }[], character: string): string {
  return spans.reduce(
    (rest, { start, end }) => `${rest.slice(0, start)}${character.repeat(end - start)}${rest.slice(end)}`,
    text,
  )
}
