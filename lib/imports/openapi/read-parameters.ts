import { addParameter, outputOf, type EndpointDraft } from './endpoint-draft'
import { addObject } from './expand-object'
import { childOf, hasOwn, type Node, type ObjectNode } from './nodes'
import { parameterStyle, type Style } from './parameter-style'
import { readSchema, type SchemaFacts } from './read-schema'
import { flagMember, listMember, members, objectMember, objectOf, textMember, type Reader } from './reader'
import { quote } from './texts'

export type PathParameters = ReadonlyMap<
  string,
  { facts: SchemaFacts; description: string; node: ObjectNode; style: Style }
>

/** The parameters of an operation by location. Those of the body exist only in OpenAPI 2.0. */
export type ParametersReading = { path: PathParameters; body: ObjectNode | null; form: ObjectNode[] }

/** Headers that have a place of their own in a document (OpenAPI 3.1 §4.8.12). */
const describedElsewhere = ['accept', 'content-type', 'authorization']

/**
 * Reads the parameters of a path and of its operation, which replaces those of the same name and location. Query,
 * headers and cookies are added to the endpoint.
 * @param places where the credentials of the operation are sent
 */
export function readParameters(
  reader: Reader,
  { path, operation }: { path: ObjectNode; operation: ObjectNode },
  draft: EndpointDraft,
  places: ReadonlySet<string>,
): ParametersReading {
  const inPath = new Map<string, PathParameters extends ReadonlyMap<string, infer Entry> ? Entry : never>()
  const form: ObjectNode[] = []
  let body: ObjectNode | null = null
  for (const node of distinct(reader, path, operation).values()) {
    const location = textMember(reader, node, 'in')
    const name = textMember(reader, node, 'name')
    if (location === 'path') {
      const { facts, style } = valueOf(reader, node)
      inPath.set(name, { facts, style, description: descriptionOf(reader, node), node })
    } else if (location === 'body' && reader.version === '2.0') body = node
    else if (location === 'formData' && reader.version === '2.0') form.push(node)
    else readSent(reader, node, draft, { location, name, places })
  }
  return { path: inPath, body, form }
}

function distinct(reader: Reader, path: ObjectNode, operation: ObjectNode): Map<string, ObjectNode> {
  const found = new Map<string, ObjectNode>()
  for (const parent of [path, operation]) {
    const own = new Set<string>()
    for (const child of listMember(reader, parent, 'parameters')) {
      const node = objectOf(reader, child, 'A parameter')
      if (node === null) continue
      const location = textMember(reader, node, 'in')
      const name = textMember(reader, node, 'name')
      if (location === '' || (name === '' && location !== 'body')) {
        reader.report.add('invalid', child, 'This parameter has no name or no location, so it was left out.')
        continue
      }
      const key = `${location} ${location === 'body' ? '' : name}`
      if (own.has(key))
        reader.report.add('invalid', child, `The parameter ${quote(name)} is listed twice. The first one is used.`)
      else found.set(key, node)
      own.add(key)
    }
  }
  return found
}

const locations = { query: 'url', header: 'header', cookie: 'cookie' } as const

function readSent(
  reader: Reader,
  node: ObjectNode,
  draft: EndpointDraft,
  { location, name, places }: { location: string; name: string; places: ReadonlySet<string> },
): void {
  if (location === 'querystring') {
    reader.report.add(
      'not_imported',
      node,
      `${quote(name)} describes the whole query string. Add its parameters to the endpoint.`,
    )
    return
  }
  if (!Object.hasOwn(locations, location)) {
    reader.report.add(
      'invalid',
      node,
      `The parameter ${quote(name)} has the unknown location ${quote(location)}, so it was left out.`,
    )
    return
  }
  const place = locations[location as keyof typeof locations]
  if (places.has(`${place} ${place === 'header' ? name.toLowerCase() : name}`)) {
    reader.report.add(
      'changed',
      node,
      `${quote(name)} is sent by the authentication method, so it is no parameter of the endpoint.`,
    )
    return
  }
  if (place === 'header' && describedElsewhere.includes(name.toLowerCase())) {
    reader.report.add('not_imported', node, elsewhere(name))
    return
  }
  const { facts, style } = valueOf(reader, node)
  const sent = {
    ...{ in: place, key: name, facts, node },
    required: flagMember(reader, node, 'required'),
    description: descriptionOf(reader, node),
    notation: style.notation,
  }
  if (style.expands && facts.properties.size > 0) addObject(reader, draft, sent, style)
  else if (style.expands)
    reader.report.add(
      'not_imported',
      node,
      `${quote(name)} is an object without named properties. Add its parameters to the endpoint.`,
    )
  else {
    if (style.problem !== '') reader.report.add('changed', node, `${quote(name)}: ${style.problem}`)
    addParameter(reader, draft, sent)
  }
}

function elsewhere(name: string): string {
  if (name.toLowerCase() === 'authorization')
    return 'Authorization is described as a parameter, which OpenAPI ignores. Add an authentication method for it.'
  return `${quote(name)} is described as a parameter, which OpenAPI ignores. Add the header to the endpoint if the API needs it.`
}

/** The schema of a parameter and how its value is written: `schema`, `content`, or in 2.0 the parameter itself. */
function valueOf(reader: Reader, node: ObjectNode): { facts: SchemaFacts; style: Style } {
  if (reader.version === '2.0') {
    const facts = readSchema(reader, node)
    return { facts: { ...facts, description: '' }, style: parameterStyle(reader, node, facts) }
  }
  const content = objectMember(reader, node, 'content')
  if (content !== null) {
    const [type, first] = members(content)[0] ?? []
    const media = first ? objectOf(reader, first, 'A media type') : null
    const facts = readSchema(reader, media ? schemaIn(media) : anything(node))
    const notation = type === undefined ? '' : `Written as ${type.slice(0, 80)}.`
    return {
      facts: { ...facts, properties: new Map() },
      style: { expands: false, notation, problem: '', explode: false },
    }
  }
  const own = readSchema(reader, schemaIn(node))
  const facts = { ...own, example: hasOwn(node, 'example') ? node.value.example : own.example }
  return { facts, style: parameterStyle(reader, node, facts) }
}

/** The schema below a node. Without one, everything is allowed. */
export function schemaIn(node: ObjectNode): Node {
  return hasOwn(node, 'schema') ? childOf(node, 'schema') : anything(node)
}

function anything(node: Node): Node {
  return node.withValue(true)
}

function descriptionOf(reader: Reader, node: ObjectNode): string {
  const description = textMember(reader, node, 'description')
  return flagMember(reader, node, 'deprecated') ? `Deprecated. ${description}` : description
}

/** The output for a placeholder of the path. */
export function pathOutput(
  reader: Reader,
  draft: EndpointDraft,
  name: string,
  { parameters, operation }: { parameters: PathParameters; operation: ObjectNode },
): string | null {
  const described = parameters.get(name)
  if (!described) {
    reader.report.add(
      'invalid',
      operation,
      `The path has {${name.slice(0, 80)}}, but no parameter describes it. It became a required variable.`,
    )
    const facts = readSchema(reader, anything(operation))
    return outputOf(reader, draft, { key: name, facts, description: '', required: true, node: operation })
  }
  const { facts, description, node, style } = described
  if (style.problem !== '') reader.report.add('changed', node, `${quote(name)}: ${style.problem}`)
  const given = { key: name, facts, description, required: true, node, notation: style.notation }
  const output = outputOf(reader, draft, given)
  return output === null ? null : `${style.prefix?.(name) ?? ''}${output}`
}
