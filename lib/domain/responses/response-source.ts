import { headerOf, structureOf, textOf } from './response'
import type { OutboundResponse } from '../http-messages'
import { checkJsonPath, findByNameOrPath, findByPath } from './json-path'
import { refuse, succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import { textOfElement, withoutPrefixes } from './xml-response'

/**
 * Where to find a value in a response: `access_token` or `$.data.token` in JSON, a form or XML, `header:Location`,
 * `cookie:JSESSIONID`, `text:` (the whole body), `url:code` (a parameter of the address that the response redirects to).
 * The prefix `step1:` means the response to the first of several token requests instead of the last.
 */
export type ResponseSource = {
  /** 1 to 5; null: the last response. */
  step: number | null
  place: 'body' | 'header' | 'cookie' | 'text' | 'url'
  name: string
}

export const mostSteps = 5

export function parseSource(text: string): Result<ResponseSource> {
  const [, step, rest = ''] = /^(?:step(\d+):)?([\s\S]*)$/.exec(text.trim()) ?? []
  if (step !== undefined && !/^[1-5]$/.test(step)) {
    return refuse(
      'invalid_input',
      `There are token requests 1 to ${mostSteps}: write step1: to step${mostSteps}:, not step${step}:.`,
    )
  }
  const [, place = 'body', name = ''] = /^(?:(header|cookie|text|url):)?([\s\S]*)$/.exec(rest) ?? []
  return succeed({
    step: step === undefined ? null : Number(step),
    place: place as ResponseSource['place'],
    name: name.trim(),
  })
}

const token = /^[!#$%&'*+\-.^_`|~\w]+$/

/** Checks a source as it is typed. If it is a template, its result is checked once the values are known. */
export function checkSource(text: string): Result<string> {
  if (text.includes('{{') || text.includes('{%')) {
    const template = parseTemplate(text)
    return template.ok ? succeed(text.trim()) : template
  }
  const source = parseSource(text)
  if (!source.ok) return source
  const { place, name } = source.value
  if (place === 'text') {
    return name === ''
      ? succeed(text.trim())
      : refuse('invalid_input', 'text: means the whole response. Remove what follows it.')
  }
  if (name === '') return refuse('invalid_input', missingName[place])
  if (place === 'body') return checkBodyName(name, text)
  if (place !== 'url' && !token.test(name)) {
    return refuse(
      'invalid_input',
      `${name} cannot be the name of a ${place}: write ${place}:${place === 'header' ? 'Location' : 'JSESSIONID'}, for example.`,
    )
  }
  return succeed(text.trim())
}

const missingName = {
  body: 'Enter where to find it in the response, for example access_token or $.data.token.',
  header: 'Enter the name of the header after header:, for example header:Location.',
  cookie: 'Enter the name of the cookie after cookie:, for example cookie:JSESSIONID.',
  url: 'Enter the name of the parameter after url:, for example url:code.',
}

function checkBodyName(name: string, text: string): Result<string> {
  // Any single word may be a literal name at the top level of the response.
  if (/^[^\s$[\]*?'"]+$/.test(name) && name.length <= 512 && !name.startsWith('.') && !name.includes('..'))
    return succeed(text.trim())
  const path = checkJsonPath(name)
  return path.ok ? succeed(text.trim()) : path
}

/** What a source finds in the responses to the token requests, given in order; undefined if it finds nothing. */
export function findInResponses(responses: readonly OutboundResponse[], source: string): unknown {
  const parsed = parseSource(source)
  const response = parsed.ok ? responseOf(responses, parsed.value) : undefined
  if (!parsed.ok || !response) return undefined
  const { place, name } = parsed.value
  if (place === 'body') return findInBody(response, name)
  if (place === 'text') return wholeText(response)
  if (name === '') return undefined
  if (place === 'header') return headerOf(response, name)?.trim() ?? undefined
  return place === 'cookie' ? cookieOf(response, name) : locationParameter(response, name)
}

function responseOf(
  responses: readonly OutboundResponse[],
  { step }: Pick<ResponseSource, 'step'>,
): OutboundResponse | undefined {
  return step === null ? responses.at(-1) : responses[step - 1]
}

/** In XML, a name is also found without its namespace prefix. */
function findInBody(response: OutboundResponse, name: string): unknown {
  const structure = structureOf(response)
  const found = findByNameOrPath(structure, name)
  if (!isXml(response)) return found
  return textOfElement(found ?? findByNameOrPath(withoutPrefixes(structure), name))
}

/** All values that a source finds: a path may match several. */
export function findAllInResponse(response: OutboundResponse, source: string): unknown[] {
  const parsed = parseSource(source)
  if (parsed.ok && parsed.value.place === 'body') {
    const structure = structureOf(response)
    const { name } = parsed.value
    const found = findByPath(structure, name)
    if (isXml(response))
      return (found.length > 0 ? found : findByPath(withoutPrefixes(structure), name)).map(textOfElement)
    return found.length > 0 ? found : [findByNameOrPath(structure, name)].filter(isPresent)
  }
  return [findInResponses([response], source)].filter(isPresent)
}

function isPresent(value: unknown): boolean {
  return value !== undefined
}

function isXml(response: OutboundResponse): boolean {
  return /^\s*</.test(textOf({ body: response.body.subarray(0, 256) }))
}

/**
 * What a source finds, as text: numbers and booleans are written out, a list of strings is joined with spaces. Empty if
 * nothing is found.
 */
export function textInResponses(responses: readonly OutboundResponse[], source: string): string {
  return textOfValue(findInResponses(responses, source))
}

export function textOfValue(value: unknown): string {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(' ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The body, without the quotes if it is a single JSON string. */
function wholeText(response: OutboundResponse): string {
  const text = textOf(response).trim()
  const structure = text.startsWith('"') ? structureOf(response) : undefined
  return typeof structure === 'string' ? structure.trim() : text
}

/** The value of the last cookie of that name that the response sets and does not remove. @see RFC 6265 §5.2 */
function cookieOf(response: OutboundResponse, name: string): string | undefined {
  const set = response.headers
    .filter(([header]) => header.toLowerCase() === 'set-cookie')
    .map(([, value]) => readCookie(value))
  return set.findLast((cookie) => cookie.name === name && !cookie.removed && cookie.value !== '')?.value
}

function readCookie(header: string): { name: string; value: string; removed: boolean } {
  const [pair = '', ...attributes] = header.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, equals).trim()
  const removed = attributes.some((attribute) => /^\s*max-age\s*=\s*(?:0+|-\d+)\s*$/i.test(attribute))
  return { name: equals === -1 ? '' : name, value: pair.slice(equals + 1).trim(), removed }
}

/** A parameter in the query or in the fragment of the Location header. */
function locationParameter(response: OutboundResponse, name: string): string | undefined {
  const location = headerOf(response, 'location')?.trim() ?? ''
  const [address = '', fragment = ''] = split(location, '#')
  const [, query = ''] = split(address, '?')
  return new URLSearchParams(query).get(name) ?? new URLSearchParams(fragment).get(name) ?? undefined
}

function split(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
