import { checkJsonTemplate } from '@/lib/domain/content/json-template'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import type { BodyFormat } from '@/lib/domain/vocabulary'
import { definitionLimits } from '../openapi/limits'
import { childOf, type Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { quote } from '../openapi/texts'
import { isSecretField } from './find-secret'
import { postmanLimits } from './limits'
import { descriptionPart, has, jsonOf, objectPart, objectsPart, textPart } from './parts'
import type { Sent } from './sent'

export type PostmanBody = {
  bodyFormat: BodyFormat
  body: string
  fields: Sent[]
  /** Sent by the format itself, or the one that the body needs. Null: that of the request. */
  contentType: string | null
}

export type TemplateOf = (text: string, name: string, node: Node) => string

const none: PostmanBody = { bodyFormat: 'none', body: '', fields: [], contentType: null }

/** The types that a format sends itself. */
export const ownTypes: Partial<Record<BodyFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
}

/** The types of the languages in which Postman shows a raw body. */
const languages: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
}

/** @param given the content type that the headers name; empty without one */
export function readBody(report: Report, request: ObjectNode, given: string, templateOf: TemplateOf): PostmanBody {
  const body = objectPart(report, request, 'body')
  if (body === null) return none
  if (body.value.disabled === true) {
    report.add('not_imported', body, 'The body is switched off, so it was left out.')
    return none
  }
  const mode = textPart(report, body, 'mode')
  const unread = ['raw', 'urlencoded', 'formdata', 'graphql', 'file'].filter(
    (key) => key !== mode && hasContent(body, key),
  )
  if (unread.length > 0)
    report.add(
      'note',
      body,
      `Only the body that is sent was read. Drafts were left out: ${unread.map(quote).join(', ')}.`,
    )
  switch (mode) {
    case '':
    case 'none':
      return none
    case 'raw':
      return readRaw(report, body, given, templateOf)
    case 'urlencoded':
      return { ...none, bodyFormat: 'form', fields: fieldsOf(report, body, 'urlencoded') }
    case 'formdata':
      return { ...none, bodyFormat: 'multipart', fields: fieldsOf(report, body, 'formdata') }
    case 'graphql':
      return readGraphQl(report, body, templateOf)
    case 'file':
      report.add('not_imported', body, 'The body is a file, which an endpoint cannot send yet. Its template is empty.')
      return { ...none, bodyFormat: 'raw' }
    default:
      report.add('not_imported', body, `A body of the kind ${quote(mode)} cannot be read, so it was left out.`)
      return none
  }
}

function hasContent(body: ObjectNode, key: string): boolean {
  const { value } = childOf(body, key)
  return (
    has(body, key) &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0) &&
    Object.keys(Object(value)).length > 0
  )
}

function readRaw(report: Report, body: ObjectNode, given: string, templateOf: TemplateOf): PostmanBody {
  const text = textPart(report, body, 'raw')
  if (text.trim() === '') return none
  const node = childOf(body, 'raw')
  if (isTooLong(report, node, text)) return none
  const options = objectPart(report, body, 'options')
  const raw = options === null ? null : objectPart(report, options, 'raw')
  const language = raw === null ? '' : textPart(report, raw, 'language')
  const type = plainType(given) || (Object.hasOwn(languages, language) ? languages[language]! : '')
  const isJson = /^application\/(?:[\w.-]+\+)?json$/.test(type) || (type === '' && /^\s*[[{]/.test(text))
  if (isJson) {
    const template = jsonTemplate(withoutComments(text), node, templateOf)
    if (isSound(report, node, template, true)) return whole('json', template, given === '' ? 'application/json' : given)
    report.add('changed', node, 'The body is not valid JSON, so it is sent as it is.')
  }
  const template = templateOf(text, '', node)
  if (template.length > definitionLimits.body) return tooLong(report, node)
  if (type === 'text/plain' || type === '') return whole('text', template, given === '' ? 'text/plain' : given)
  if (/(?:\/|\+)xml$/.test(type)) return whole('xml', template, given === '' ? type : given)
  return whole('raw', template, given === '' ? type : given)
}

const whole = (bodyFormat: BodyFormat, body: string, contentType: string): PostmanBody => ({
  ...{ bodyFormat, body, fields: [], contentType },
})

export const plainType = (type: string) => type.split(';')[0]!.trim().toLowerCase()

/** A query with its variables, as JSON (GraphQL over HTTP). */
function readGraphQl(report: Report, body: ObjectNode, templateOf: TemplateOf): PostmanBody {
  const given = objectPart(report, body, 'graphql')
  if (given === null) return none
  const query = textPart(report, given, 'query')
  const name = textPart(report, given, 'operationName')
  const value = given.value.variables
  const variables = (typeof value === 'string' ? value : (jsonOf(report, given, value ?? {}) ?? '')).trim() || '{}'
  if (isTooLong(report, given, `${query}${variables}`)) return none
  const parts = [
    `"query": ${JSON.stringify(query)}`,
    ...(name === '' ? [] : [`"operationName": ${JSON.stringify(name)}`]),
  ]
  for (const written of [
    `{${[...parts, `"variables": ${withoutComments(variables)}`].join(', ')}}`,
    `{${parts.join(', ')}}`,
  ]) {
    const template = jsonTemplate(written, given, templateOf)
    if (isSound(report, given, template, true)) return whole('json', template, 'application/json')
    report.add('not_imported', given, 'The variables of the GraphQL query are not valid JSON, so they were left out.')
  }
  return none
}

function isTooLong(report: Report, node: Node, text: string): boolean {
  if (text.length <= definitionLimits.body) return false
  tooLong(report, node)
  return true
}

function tooLong(report: Report, node: Node): PostmanBody {
  report.add('limit', node, 'The body is longer than a definition can be, so it was left out. Write it with variables.')
  return none
}

function isSound(report: Report, node: Node, template: string, isJson: boolean): boolean {
  if (isTooLong(report, node, template)) return false
  const parsed = parseTemplate(template)
  return parsed.ok && (!isJson || checkJsonTemplate(parsed.value).ok)
}

/** Postman removes comments before it sends JSON. */
function withoutComments(text: string): string {
  return text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_found, string?: string) => string ?? '')
}

/**
 * JSON with variables as a template: strings are text, secrets are variables, and numbers stay as they are written. Two
 * brackets in a row would begin a flow value or end an output.
 */
function jsonTemplate(text: string, node: Node, templateOf: TemplateOf): string {
  let key = ''
  return text.replace(
    /"(?:\\.|[^"\\])*"(\s*:)?|\{\{[^{}]{1,256}\}\}|-?\d[\d.eE+-]*|\[(?=\[)|\](?=\])|\}(?=\})|\{(?=\{)/g,
    (token, colon?: string) => {
      if (token.startsWith('{{')) return templateOf(token, key, node)
      if (colon !== undefined) {
        key = stringIn(token.slice(0, -colon.length))
        return `${quotedTemplate(token.slice(0, -colon.length), '', node, templateOf)}${colon}`
      }
      if (token.startsWith('"')) return quotedTemplate(token, key, node, templateOf)
      if (/^[[\]{}]$/.test(token)) return `${token} `
      return isSecretField(key) ? templateOf(token, key, node) : token
    },
  )
}

function stringIn(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token.slice(1, -1)
  }
}

/** A string: its text stays escaped, while secrets are looked for in what it means. */
function quotedTemplate(token: string, key: string, node: Node, templateOf: TemplateOf): string {
  const value = stringIn(token)
  const template = templateOf(value, key, node)
  const escaped = template.replace(
    /(\{\{\s*"(?:\{\{|\}\}|\[\[|\]\])"\s*\}\}|\{\{.*?\}\})|["\\\u0000-\u001f]/g,
    (found, output?: string) => output ?? JSON.stringify(found).slice(1, -1),
  )
  return `"${escaped}"`
}

/** The fields of a form. Files are lines of the report. */
function fieldsOf(report: Report, body: ObjectNode, mode: 'urlencoded' | 'formdata'): Sent[] {
  if (typeof body.value[mode] === 'string') {
    report.add('not_imported', childOf(body, mode), 'The fields of the form are one text, which cannot be read.')
    return []
  }
  return objectsPart(report, body, mode, postmanLimits.listed).flatMap((node): Sent[] => {
    const key = textPart(report, node, 'key')
    if (node.value.type === 'file') {
      report.add('not_imported', node, `The field ${quote(key)} is a file, which an endpoint cannot send yet.`)
      return []
    }
    if (has(node, 'contentType'))
      report.add('not_imported', childOf(node, 'contentType'), 'The content type of a single field was left out.')
    const value = textPart(report, node, 'value')
    return [
      {
        place: 'body',
        key,
        value,
        disabled: node.value.disabled === true,
        description: descriptionPart(report, node),
        node,
      },
    ]
  })
}
