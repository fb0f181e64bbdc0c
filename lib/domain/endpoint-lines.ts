import { foldName } from './names'
import { httpMethods, type Direction, type HttpMethod } from './vocabulary'

/**
 * Reads endpoints that were pasted, one `METHOD path name` a line. Knows nothing of the endpoints that a connector has
 * already.
 */

/** So many endpoints are created at once. */
export const mostEndpointLines = 500

export type EndpointLine = {
  /** From 1, as an editor counts. */
  line: number
  httpMethod: HttpMethod
  /** With `{{ id }}` in place of `{id}` and `:id`. */
  url: string
  name: string
  /** The line has none: it was made of the path. */
  nameIsDerived: boolean
  direction: Direction
  /** The keys of what stood as `{id}` or `:id` in the path. */
  variables: string[]
}

export type LineProblem = { line: number; text: string; message: string }

export type EndpointLines = { endpoints: EndpointLine[]; problems: LineProblem[] }

export function readEndpointLines(text: string): EndpointLines {
  const endpoints: EndpointLine[] = []
  const problems: LineProblem[] = []
  const names = new Set<string>()
  for (const [index, source] of text.split(/\r?\n/).entries()) {
    const trimmed = source.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const read = readLine(trimmed, index + 1, names)
    if (typeof read === 'string') problems.push({ line: index + 1, text: trimmed, message: read })
    else {
      names.add(foldName(read.name))
      endpoints.push(read)
    }
  }
  if (endpoints.length > mostEndpointLines)
    problems.push({ line: 0, text: '', message: `At most ${mostEndpointLines} endpoints at once. Split the list.` })
  return { endpoints, problems }
}

/** @returns what is wrong with it, in a sentence, where something is */
function readLine(source: string, line: number, names: ReadonlySet<string>): EndpointLine | string {
  const [, word = '', path = '', given = ''] = /^(\S+)\s*((?:\{\{.*?\}\}|\S)*)\s*(.*)$/.exec(source) ?? []
  const httpMethod = httpMethods.find((method) => method === word.toUpperCase())
  if (httpMethod === undefined) return unknownMethod(word)
  if (path === '') return `Write the path behind ${httpMethod}, such as ${httpMethod} /orders.`
  if (path.length > 2048) return 'The path is longer than 2,048 characters.'
  const { url, variables } = withVariables(path)
  const name = given === '' ? freeName(nameOf(httpMethod, path), names) : given
  if (name.length > 120) return 'The name is longer than 120 characters.'
  if (names.has(foldName(name))) return `The name “${name}” is used twice. Choose another name.`
  return { line, httpMethod, url, name, nameIsDerived: given === '', direction: directionOf(httpMethod), variables }
}

function unknownMethod(word: string): string {
  const known = `${httpMethods.slice(0, -1).join(', ')} or ${httpMethods.at(-1)}`
  if (/^(?:\/|https?:)/i.test(word)) return `Start the line with ${known}.`
  return `“${word.slice(0, 40)}” is not an HTTP method. Use ${known}.`
}

/** What reads brings records into a flow; what writes takes them. */
export function directionOf(method: HttpMethod): Direction {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'receive' : 'send'
}

const placeholder = /\{\{.*?\}\}|\{([^{}/]+)\}|(?<=\/):([A-Za-z_]\w*)/g

/** `{id}` and `:id` become `{{ id }}`; what is a template already stays. */
function withVariables(path: string): { url: string; variables: string[] } {
  const variables = new Set<string>()
  const url = path.replace(placeholder, (found, braced?: string, colon?: string) => {
    const name = braced ?? colon
    if (name === undefined) return found
    const key = name.replace(/\W+/g, '_').replace(/^(?=\d)/, '_')
    variables.add(key)
    return `{{ ${key} }}`
  })
  return { url, variables: [...variables] }
}

const verbs: Partial<Record<HttpMethod, string>> = {
  POST: 'Create',
  PUT: 'Replace',
  PATCH: 'Update',
  DELETE: 'Delete',
}

/** `GET /orders` → "List orders", `GET /orders/{id}` → "Get order", `POST /orders` → "Create order". */
function nameOf(method: HttpMethod, path: string): string {
  const segments = path
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '')
  const isVariable = (segment: string) => /[{}]|^:/.test(segment)
  const last = segments.findLast((segment) => !isVariable(segment)) ?? 'root'
  const words = last
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\.\w+$/, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
  const ofOne = segments.length > 0 && isVariable(segments.at(-1)!)
  if (method === 'GET') return ofOne ? `Get ${singular(words)}` : `List ${words}`
  const verb = verbs[method]
  return verb === undefined ? `${method} ${words}` : `${verb} ${singular(words)}`
}

function singular(words: string): string {
  if (/ies$/.test(words)) return words.replace(/ies$/, 'y')
  if (/(?:us|ss|x|ch|sh)es$/.test(words)) return words.slice(0, -2)
  return /[^su]s$/.test(words) ? words.slice(0, -1) : words
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(foldName(name))) return name
  let number = 2
  while (taken.has(foldName(`${name} ${number}`))) number += 1
  return `${name} ${number}`
}
