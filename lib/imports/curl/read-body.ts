import type { BodyFormat } from '@/lib/domain/vocabulary'
import { isSecretName } from '@/lib/domain/variables/literal-secrets'
import { definitionLimits } from '../openapi/limits'
import type { CurlDraft } from './draft'
import type { CurlNotes } from './notes'
import { pairOf } from './read-address'
import type { CurlData, FormField } from './read-data'
import { readMultipart } from './read-multipart'

export type CurlBody = {
  bodyFormat: BodyFormat
  body: string
  fields: { key: string; value: string }[]
  /** Whether the format sends this Content-Type itself. */
  setsContentType: boolean
}

const none: CurlBody = { bodyFormat: 'none', body: '', fields: [], setsContentType: true }
const tooLong = 'The body is longer than a definition can be, so it was left out. Write it with variables.'

/** The body of a request in the format that its content type names, else in the one that it looks like. */
export function readBody(data: CurlData, contentType: string, draft: CurlDraft, notes: CurlNotes): CurlBody {
  if (data.kind === 'none') return { ...none, setsContentType: false }
  if (data.kind === 'fields') return formOf('multipart', data.fields, draft, notes)
  const { text } = data
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  if (type === 'multipart/form-data') return formOf('multipart', readMultipart(text, contentType, notes), draft, notes)
  if (text === '') return { ...none, setsContentType: false }
  if (text.length > definitionLimits.body) {
    notes.add('limit', 'Body', tooLong)
    return none
  }
  const isJson = data.isJson || /^application\/(?:[\w.-]+\+)?json$/.test(type)
  const json = isJson || type === '' ? jsonTemplate(text, draft, notes) : null
  if (json !== null) {
    if (type === '') notes.add('changed', 'Body', 'curl would send this JSON as a form. It is sent as JSON.')
    return bodyOf('json', json, { setsContentType: type === '' || type === 'application/json' }, notes)
  }
  if (isJson) notes.add('changed', 'Body', 'The body is not valid JSON, so it is sent as it is.')
  if ((type === '' || type === 'application/x-www-form-urlencoded') && isForm(text))
    return formOf(
      'form',
      text
        .split('&')
        .filter((part) => part !== '')
        .map(pairOf)
        .map(({ key, value }) => ({ name: key, value })),
      draft,
      notes,
    )
  const isXml = /(?:\/|\+)xml$/.test(type)
  const template = draft.withoutSecrets(text, '')
  if (isXml) return bodyOf('xml', template, { setsContentType: type === 'application/xml' }, notes)
  if (type === 'text/plain') return bodyOf('text', template, { setsContentType: true }, notes)
  return bodyOf('raw', template, { setsContentType: false }, notes)
}

function bodyOf(
  bodyFormat: BodyFormat,
  body: string,
  { setsContentType }: Pick<CurlBody, 'setsContentType'>,
  notes: CurlNotes,
): CurlBody {
  if (body.length <= definitionLimits.body) return { bodyFormat, body, fields: [], setsContentType }
  notes.add('limit', 'Body', tooLong)
  return none
}

/** Every part has a name, which may have brackets behind its beginning: `metadata[order_id]`. */
function isForm(text: string): boolean {
  return (
    text.includes('=') && text.split('&').every((part) => part === '' || /^[^\s={["<][^\s="<]*(?:=[^\n]*)?$/.test(part))
  )
}

function formOf(
  bodyFormat: 'form' | 'multipart',
  given: readonly FormField[],
  draft: CurlDraft,
  notes: CurlNotes,
): CurlBody {
  const fields = given.filter(
    ({ name, value }) =>
      name !== '' && name.length <= definitionLimits.key && value.length <= definitionLimits.variableText,
  )
  if (fields.length < given.length)
    notes.add('limit', 'Body', 'Fields of the form without a name, or with a very long one or value, were left out.')
  return {
    ...none,
    bodyFormat,
    // An endpoint has no more parameters; the others get a note there.
    fields: fields
      .slice(0, definitionLimits.parameters + 1)
      .map(({ name, value }) => ({ key: name, value: draft.withoutSecrets(value, name) })),
  }
}

/**
 * A JSON text as a template: its strings are text, its secrets variables. Numbers stay as they are written.
 * @returns null if it is no JSON object or list
 */
function jsonTemplate(text: string, draft: CurlDraft, notes: CurlNotes): string | null {
  if (!/^\s*[[{]/.test(text) || !isJsonText(text)) return null
  let key = ''
  let hasLongNumber = false
  const template = text.replace(
    /"(?:\\.|[^"\\])*"(\s*:)?|-?\d[\d.eE+-]*|\[(?=\[)|\](?=\])|\}(?=\})/g,
    (token, colon?: string) => {
      if (colon !== undefined) {
        key = String(JSON.parse(token.slice(0, -colon.length)))
        return draft.template(token)
      }
      if (token.startsWith('"')) return `"${jsonString(token, key, draft)}"`
      // Two brackets in a row would begin a flow value or end an output.
      if (/^[[\]}]/.test(token)) return `${token} `
      if (isSecretName(key)) return draft.secret(key, token)
      hasLongNumber ||= token.length > 15 && String(Number(token)) !== token
      return token
    },
  )
  if (hasLongNumber)
    notes.add(
      'changed',
      'Body',
      'Numbers with more than 15 digits are rounded. Write them as text if the API accepts that.',
    )
  return template
}

/** The text between the quotes stays escaped; a secret is stored as it is meant. */
function jsonString(token: string, key: string, draft: CurlDraft): string {
  const inner = token.slice(1, -1)
  if (!inner.includes('\\')) return draft.withoutSecrets(inner, key)
  const value = String(JSON.parse(token))
  const template = draft.withoutSecrets(value, key)
  return template === draft.template(value)
    ? draft.template(inner)
    : template.replace(
        /(\{\{.*?\}\})|["\\\n\r\t]/g,
        (found, output?: string) => output ?? JSON.stringify(found).slice(1, -1),
      )
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
