import { addParameter, type EndpointDraft, type Sent } from './endpoint-draft'
import type { Style } from './parameter-style'
import { readSchema } from './read-schema'
import type { Reader } from './reader'
import { quote } from './texts'

/** Adds a parameter for each property of an object: `filter[status]` for deepObject, `status` for an exploded form. */
export function addObject(reader: Reader, draft: EndpointDraft, sent: Sent, { nameOf }: Style): void {
  const { facts, key, required } = sent
  if (facts.open)
    reader.report.add(
      'changed',
      sent.node,
      `${quote(key)} may have properties of any name. Only those that the document names are parameters.`,
    )
  for (const [property, node] of facts.properties) {
    const own = readSchema(reader, node)
    if (own.type === 'object' || own.type === 'array')
      reader.report.add(
        'changed',
        node,
        `${quote(property)} is ${own.type === 'array' ? 'a list' : 'an object'}, but one text is sent for it.`,
      )
    addParameter(reader, draft, {
      ...{ in: sent.in, facts: own, node, description: own.description || sent.description },
      key: nameOf?.(key, property) ?? property,
      required: required && facts.required.has(property),
    })
  }
}
