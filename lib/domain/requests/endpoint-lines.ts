import { firstFree, foldName } from '../names'
import { succeed, type Result } from '../result'
import { checkVariableKey } from '../variables/variable-key'
import { httpMethods, type Direction, type HttpMethod } from '../vocabulary'
import { derivedName } from './derived-name'

/**
 * Reads pasted endpoints, one `METHOD path name` per line. It does not compare them with the endpoints that the
 * connector already has.
 */

/** The maximum number of endpoints that are created at once. */
export const mostEndpointLines = 500

export type EndpointLine = {
  /** From 1, as an editor counts. */
  line: number
  httpMethod: HttpMethod
  /** With `{{ id }}` in place of `{id}` and `:id`. */
  url: string
  name: string
  /** The line has no name: it was derived from the path. */
  nameIsDerived: boolean
  direction: Direction
  /** The keys of the path parameters that were written as `{id}` or `:id`. */
  variables: string[]
}

/** Line 0: a problem of the whole list. */
export type LineProblem = { line: number; message: string }

export type EndpointLines = { endpoints: EndpointLine[]; problems: LineProblem[] }

/** The longest path and the longest name, with some space between them. */
const longestLine = 4096

/** Stops at the limit, because the list is read again after every change. */
export function readEndpointLines(text: string): EndpointLines {
  const endpoints: EndpointLine[] = []
  const problems: LineProblem[] = []
  const names = new Set<string>()
  let line = 0
  for (const source of linesOf(text)) {
    line += 1
    const trimmed = source.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    if (endpoints.length + problems.length === mostEndpointLines) {
      problems.push({ line: 0, message: `Enter at most ${mostEndpointLines} endpoints at once. Split the list.` })
      break
    }
    const read = readLine(trimmed, line, names)
    if (typeof read === 'string') problems.push({ line, message: read })
    else {
      names.add(foldName(read.name))
      endpoints.push(read)
    }
  }
  return { endpoints, problems }
}

/** A generator, so that the rest of a text over the limit is not read. */
function* linesOf(text: string): Generator<string> {
  let start = 0
  for (const { 0: ending, index } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    yield text.slice(start, index)
    start = index + ending.length
  }
  yield text.slice(start)
}

/** @returns the problem as a sentence, if the line is invalid */
function readLine(source: string, line: number, names: ReadonlySet<string>): EndpointLine | string {
  if (source.length > longestLine) return 'The line is longer than 4,096 characters.'
  const [, word = '', path = '', given = ''] = /^(\S+)\s*((?:\{\{.*?\}\}|\S)*)\s*(.*)$/.exec(source) ?? []
  const httpMethod = httpMethods.find((method) => method === word.toUpperCase())
  if (httpMethod === undefined) return unknownMethod(word)
  if (path === '') return `Write the path after ${httpMethod}, such as ${httpMethod} /orders.`
  if (path.length > 2048) return 'The path is longer than 2,048 characters.'
  const { url, variables } = withVariables(path)
  const keys = checkPathVariables(variables)
  if (!keys.ok) return keys.error.message
  const isTaken = (candidate: string) => names.has(foldName(candidate))
  const name = given === '' ? firstFree(derivedName(httpMethod, path), ' ', isTaken) : given
  if (name.length > 120) return 'The name is longer than 120 characters.'
  if (isTaken(name)) return `The name “${name}” is used twice. Choose another name.`
  return { line, httpMethod, url, name, nameIsDerived: given === '', direction: directionOf(httpMethod), variables }
}

/**
 * A variable is created for each of them. It cannot have a name that Patchbay sets itself, because requests would then
 * send a different value.
 */
export function checkPathVariables(keys: readonly string[]): Result<null> {
  return keys.map(checkVariableKey).find(({ ok }) => !ok) ?? succeed(null)
}

function unknownMethod(word: string): string {
  const known = `${httpMethods.slice(0, -1).join(', ')} or ${httpMethods.at(-1)}`
  if (/^(?:\/|https?:)/i.test(word)) return `Start the line with ${known}.`
  return `“${word.slice(0, 40)}” is not an HTTP method. Use ${known}.`
}

/** A method that reads brings records into a flow; one that writes sends them. */
export function directionOf(method: HttpMethod): Direction {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'receive' : 'send'
}

const placeholder = /\{\{.*?\}\}|\{([^{}/]+)\}|(?<=\/):([A-Za-z_]\w*)/g

/** `{id}` and `:id` become `{{ id }}`; outputs of templates stay as they are. */
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
