import { isObject } from '@/lib/domain/is-object'

/**
 * A second, separate reading of an OpenAPI document that only counts: what has to be imported or reported. It shares no
 * code with the mapping, so that a mistake of one is not repeated by the other.
 */

export type FoundParameter = {
  pointers: string[]
  name: string
  location: string
  required: boolean
  keys: string[] | null
}
export type FoundAlternative = { pointer: string; schemes: string[] }
export type FoundOperation = {
  pointer: string
  method: string
  parameters: FoundParameter[]
  alternatives: FoundAlternative[]
  hasBody: boolean
  bodyPointer: string
}
export type IndependentReading = {
  operations: FoundOperation[]
  /** The number of methods of a scheme alone: its flows, or one. */
  flows: Map<string, number>
  schemas: { name: string; pointer: string }[]
  listed: string[]
}

type Json = Record<string, unknown>
type Place = { value: unknown; pointer: string }
type Resolve = (uri: string, from: string) => { file: string; document: unknown } | null

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

export function readIndependently(document: Json, resolve: Resolve): IndependentReading {
  const follow = followerOf(document, resolve)
  const old = textIn(document.swagger).startsWith('2')
  const components = old ? document : objectIn(follow({ value: document.components, pointer: '/components' }).value)
  const prefix = old ? '' : '/components'
  const operations: FoundOperation[] = []
  const listed: string[] = []
  for (const [path, given] of entriesOf(document.paths)) {
    if (path.startsWith('x-')) continue
    const item = follow({ value: given, pointer: `/paths/${token(path)}` })
    if (!isObject(item.value)) continue
    for (const [verb, value] of entriesOf(item.value)) {
      const place = follow({ value, pointer: `${item.pointer}/${token(verb)}` })
      if (verbs.includes(verb) && isObject(place.value)) operations.push(operationOf(place, verb.toUpperCase(), item))
    }
    for (const [verb, value] of entriesOf(item.value.additionalOperations)) {
      const place = follow({ value, pointer: `${item.pointer}/additionalOperations/${token(verb)}` })
      if (isObject(place.value)) operations.push(operationOf(place, verb, item))
    }
  }
  for (const name of Object.keys(objectIn(document.webhooks)))
    if (!name.startsWith('x-')) listed.push(`/webhooks/${token(name)}`)
  const schemes = entriesOf(components[old ? 'securityDefinitions' : 'securitySchemes']).filter(
    ([name]) => !name.startsWith('x-'),
  )
  const flows = new Map(
    schemes.map(([name, value]): [string, number] => {
      const scheme = objectIn(follow({ value, pointer: '' }).value)
      const named = Object.keys(objectIn(scheme.flows)).filter((flow) => !flow.startsWith('x-'))
      return [name, scheme.type === 'oauth2' && !old ? named.length : 1]
    }),
  )
  const schemas = Object.keys(objectIn(components[old ? 'definitions' : 'schemas']))
    .filter((name) => !name.startsWith('x-'))
    .map((name) => ({ name, pointer: `${prefix}/${old ? 'definitions' : 'schemas'}/${token(name)}` }))
  return { operations, flows, schemas, listed }

  function operationOf({ value, pointer }: Place, method: string, item: Place): FoundOperation {
    const operation = value as Json
    for (const name of Object.keys(objectIn(operation.callbacks)))
      if (!name.startsWith('x-')) listed.push(`${pointer}/callbacks/${token(name)}`)
    const parameters = parametersOf(follow, old, item, { value, pointer })
    const body = parameters.find(({ location }) => old && location === 'body')
    const hasForm = old && parameters.some(({ location }) => location === 'formData')
    return {
      ...{ pointer, method },
      parameters: parameters.filter(({ location }) => !(old && location === 'body')),
      alternatives: alternativesOf(document, operation, pointer),
      hasBody: old ? body !== undefined || hasForm : operation.requestBody !== undefined,
      bodyPointer: body?.pointers.at(-1) ?? `${pointer}/requestBody`,
    }
  }
}

function parametersOf(follow: Follow, old: boolean, item: Place, operation: Place): FoundParameter[] {
  const merged = new Map<string, FoundParameter>()
  for (const { value, pointer } of [item, operation]) {
    const list = objectIn(value).parameters
    for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
      const written = `${pointer}/parameters/${index}`
      const place = follow({ value: entry, pointer: written })
      const parameter = objectIn(place.value)
      const [name, location] = [textIn(parameter.name), textIn(parameter.in)]
      const key = `${location} ${location === 'body' ? '' : name}`
      if (merged.get(key)?.pointers[0]?.startsWith(`${pointer}/parameters/`)) continue
      const keys = old ? null : propertiesOf(follow, parameter, place.pointer, name)
      merged.set(key, {
        pointers: [written, place.pointer],
        name,
        location,
        required: parameter.required === true,
        keys,
      })
    }
  }
  return [...merged.values()]
}

/** An exploded object is sent as its properties. */
function propertiesOf(follow: Follow, parameter: Json, pointer: string, name: string): string[] | null {
  const style = parameter.style ?? (parameter.in === 'query' || parameter.in === 'cookie' ? 'form' : 'simple')
  const schema = objectIn(follow({ value: parameter.schema, pointer: `${pointer}/schema` }).value)
  const isObjectSchema = schema.type === 'object' || isObject(schema.properties)
  if (!isObjectSchema || (style !== 'deepObject' && !(style === 'form' && parameter.explode !== false))) return null
  return Object.keys(objectIn(schema.properties)).map((key) => (style === 'deepObject' ? `${name}[${key}]` : key))
}

function alternativesOf(document: Json, operation: Json, pointer: string): FoundAlternative[] {
  const [security, at] = operation.security === undefined ? [document.security, ''] : [operation.security, pointer]
  if (security === undefined || (Array.isArray(security) && security.length === 0))
    return [{ pointer: at, schemes: [] }]
  return (Array.isArray(security) ? security : []).flatMap((entry, index): FoundAlternative[] =>
    isObject(entry)
      ? [{ pointer: `${at}/security/${index}`, schemes: Object.keys(entry).filter((name) => !name.startsWith('x-')) }]
      : [],
  )
}

type Follow = (place: Place) => Place

function followerOf(document: Json, resolve: Resolve): Follow {
  return (start) => {
    let { value, pointer } = start
    let file = ''
    let root: unknown = document
    for (let hops = 0; hops < 32; hops += 1) {
      const reference = isObject(value) ? value.$ref : undefined
      if (typeof reference !== 'string') return { value, pointer }
      const at = reference.indexOf('#')
      const [uri, path] = at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 1)]
      if (uri !== '') {
        const other = resolve(uri, file)
        if (other === null) return { value: undefined, pointer }
        file = other.file
        root = other.document
      }
      value = root
      for (const part of path.split('/').slice(1)) {
        const key = safeDecode(part).replaceAll('~1', '/').replaceAll('~0', '~')
        value =
          typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Json)[key] : undefined
      }
      pointer = file === '' ? decodePointer(path) : `${file}#${decodePointer(path)}`
    }
    return { value: undefined, pointer }
  }
}

function decodePointer(path: string): string {
  return path
    .split('/')
    .map((part) => token(safeDecode(part).replaceAll('~1', '/').replaceAll('~0', '~')))
    .join('/')
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function token(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function objectIn(value: unknown): Json {
  return isObject(value) ? value : {}
}

function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(objectIn(value))
}
