import { jsonTemplate } from './body-template'
import { addParameter, outputOf, type EndpointDraft } from './endpoint-draft'
import { definitionLimits } from './limits'
import { formatOf, isJson, plainType, preferred } from './media-types'
import { childOf, hasOwn, type Node, type ObjectNode } from './nodes'
import { schemaIn } from './read-parameters'
import { readSchema, type SchemaFacts } from './read-schema'
import { flagMember, listMember, members, objectMember, objectOf, textMember, type Reader } from './reader'
import { quote, quoteSome } from './texts'

/** Reads the request body into the endpoint. Returns its schema, or null if it has none. */
export function readBody(reader: Reader, operation: ObjectNode, draft: EndpointDraft): Node | null {
  if (!hasOwn(operation, 'requestBody')) return null
  const body = objectMember(reader, operation, 'requestBody')
  if (body === null) return null
  const content = objectMember(reader, body, 'content')
  const types = content ? members(content) : []
  const chosen = preferred(types.map(([type]) => type))
  const [, node] = types.find(([type]) => type === chosen) ?? []
  const media = node ? objectOf(reader, node, 'A media type') : null
  if (chosen === undefined || media === null) {
    const given = childOf(operation, 'requestBody')
    reader.report.add('invalid', given, 'The request body describes no content, so it was left out.')
    return null
  }
  reportOthers(
    reader,
    content ?? body,
    types.map(([type]) => type),
    chosen,
  )
  const schema = hasOwn(media, 'schema') ? childOf(media, 'schema') : null
  if (hasOwn(media, 'encoding'))
    reader.report.add(
      'changed',
      childOf(media, 'encoding'),
      'Encodings of single fields are not read: every field is sent as text.',
    )
  fillBody(reader, draft, {
    ...{ mediaType: chosen, schema: schema ?? schemaIn(media), node: media },
    required: flagMember(reader, body, 'required'),
    description: textMember(reader, body, 'description'),
  })
  return schema
}

/** The body parameter of OpenAPI 2.0; `consumes` names its media types. */
export function readBodyOfVersion2(
  reader: Reader,
  operation: ObjectNode,
  body: ObjectNode,
  draft: EndpointDraft,
): Node | null {
  const types = consumedTypes(reader, operation)
  const mediaType = preferred(types) ?? 'application/json'
  reportOthers(reader, body, types, mediaType)
  const format = formatOf(mediaType)
  fillBody(reader, draft, {
    // A body parameter is never a form.
    mediaType: format === 'form' || format === 'multipart' ? 'application/json' : mediaType,
    ...{ schema: schemaIn(body), node: body },
    required: flagMember(reader, body, 'required'),
    description: textMember(reader, body, 'description'),
  })
  return hasOwn(body, 'schema') ? childOf(body, 'schema') : null
}

/** The form parameters of OpenAPI 2.0. */
export function readFormOfVersion2(
  reader: Reader,
  operation: ObjectNode,
  fields: readonly ObjectNode[],
  draft: EndpointDraft,
): void {
  const hasFile = fields.some(({ value }) => value.type === 'file')
  const isMultipart = hasFile || consumedTypes(reader, operation).some((type) => formatOf(type) === 'multipart')
  draft.bodyFormat = isMultipart ? 'multipart' : 'form'
  for (const node of fields)
    addField(reader, draft, {
      ...{ name: textMember(reader, node, 'name'), node, facts: readSchema(reader, node) },
      required: flagMember(reader, node, 'required'),
    })
}

export function consumedTypes(reader: Reader, operation: ObjectNode): string[] {
  const owner = hasOwn(operation, 'consumes') ? operation : reader.root
  return listMember(reader, owner, 'consumes').flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
}

function reportOthers({ report }: Reader, node: Node, types: readonly string[], chosen: string): void {
  const others = types.filter((type) => type !== chosen)
  if (others.length > 0)
    report.add(
      'note',
      node,
      `The body is written as ${chosen.slice(0, 80)}; ${quoteSome(others)} would be accepted too.`,
    )
}

type Given = { mediaType: string; schema: Node; node: Node; required: boolean; description: string }

function fillBody(reader: Reader, draft: EndpointDraft, given: Given): void {
  const format = formatOf(given.mediaType)
  const facts = readSchema(reader, given.schema)
  if (format === 'form' || format === 'multipart') {
    draft.bodyFormat = format
    fillForm(reader, draft, facts, given.node)
  } else if (format === 'json' && !(plainType(given.mediaType) === '*/*' && facts.isFile)) {
    draft.bodyFormat = 'json'
    draft.body = jsonTemplate(reader, draft, given.schema, given.required)
    if (isJson(given.mediaType) && plainType(given.mediaType) !== 'application/json') addType(draft, given.mediaType)
  } else if (format === 'text') {
    draft.bodyFormat = 'text'
    draft.body = wholeBody(reader, draft, given, facts)
  } else fillRaw(reader, draft, given, { facts, isText: format === 'xml' })
}

/** XML is sent as it is entered: a template would escape it. Files are not possible yet. */
function fillRaw(
  reader: Reader,
  draft: EndpointDraft,
  given: Given,
  { facts, isText }: { facts: SchemaFacts; isText: boolean },
): void {
  draft.bodyFormat = 'raw'
  const isEnterable =
    isText ||
    (facts.type === 'string' && !facts.isFile) ||
    /^text\/|yaml|csv|graphql|javascript|urlencoded|ndjson|jsonl|x-json/.test(plainType(given.mediaType))
  if (!isEnterable) {
    reader.report.add(
      'not_imported',
      given.node,
      `The body is a file (${quote(given.mediaType)}), which an endpoint cannot send yet. Its template is empty.`,
    )
    return
  }
  reader.report.add(
    'changed',
    given.node,
    `The body (${quote(given.mediaType)}) is one variable, and sent as it is entered.`,
  )
  draft.body = wholeBody(reader, draft, given, facts)
  addType(draft, given.mediaType)
}

function wholeBody(reader: Reader, draft: EndpointDraft, given: Given, facts: SchemaFacts): string {
  const whole: SchemaFacts = { ...facts, type: 'object', choices: null, pattern: '', usual: undefined }
  return outputOf(reader, draft, { key: 'body', facts: whole, ...given }) ?? ''
}

function addType(draft: EndpointDraft, mediaType: string): void {
  const isPlain = /^[\w.+-]+\/[\w.+*-]+(?:;[\w\s.=-]*)?$/.test(mediaType) && !mediaType.includes('*')
  if (!isPlain || mediaType.length > 200 || draft.parameters.length >= definitionLimits.parameters) return
  draft.parameters.push({ in: 'header', key: 'Content-Type', value: mediaType, required: true })
}

function fillForm(reader: Reader, draft: EndpointDraft, facts: SchemaFacts, node: Node): void {
  if (facts.properties.size === 0)
    reader.report.add('not_imported', node, 'The form has no named fields. Add them as body parameters.')
  for (const [name, property] of facts.properties) {
    const own = readSchema(reader, property)
    if (own.readOnly) continue
    addField(reader, draft, { name, node: property, facts: own, required: facts.required.has(name) })
  }
}

function addField(
  reader: Reader,
  draft: EndpointDraft,
  { name, node, facts, required }: { name: string; node: Node; facts: SchemaFacts; required: boolean },
): void {
  const items = facts.items ? readSchema(reader, facts.items) : null
  if (facts.isFile || items?.isFile) {
    reader.report.add(
      'not_imported',
      node,
      `${quote(name)} is a file. An endpoint cannot send files yet, so the field was left out.`,
    )
    return
  }
  const isNested = facts.type === 'object' || facts.type === 'array'
  if (isNested)
    reader.report.add(
      'changed',
      node,
      `${quote(name)} is ${facts.type === 'array' ? 'a list' : 'an object'}, but one text is sent for it.`,
    )
  addParameter(reader, draft, {
    ...{ in: 'body', key: name, facts, node, required, description: facts.description },
    notation: facts.type === 'object' ? 'Written as JSON.' : '',
  })
}
