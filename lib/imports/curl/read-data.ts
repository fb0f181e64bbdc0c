import { formEncode } from '@/lib/domain/encoding'
import type { CurlNotes } from './notes'
import type { GivenOption } from './read-command'

export type FormField = { name: string; value: string }

/** What a command sends in its body, or with `-G` in its query. */
export type CurlData =
  | { kind: 'none' }
  /** `isJson`: of `--json`. */
  | { kind: 'text'; text: string; isJson: boolean }
  | { kind: 'fields'; fields: FormField[] }

/** Joins the data options in their order, as curl does. */
export function readData(options: readonly GivenOption[], notes: CurlNotes): CurlData {
  const fields = options.filter(({ name }) => name === 'form' || name === 'form-string')
  if (fields.length > 0) return { kind: 'fields', fields: fields.flatMap((option) => readField(option, notes)) }
  const pieces = options.flatMap((option): { text: string; isJson: boolean }[] => {
    const text = textOf(option, notes)
    return text === null ? [] : [{ text, isJson: option.name === 'json' }]
  })
  if (pieces.length === 0) return { kind: 'none' }
  // Several --json are one text; everything else is joined like the pairs of a form.
  const isJson = pieces.some((piece) => piece.isJson)
  return { kind: 'text', text: pieces.map(({ text }) => text).join(isJson ? '' : '&'), isJson }
}

/** @returns null if it is no data option */
function textOf({ name, value, written }: GivenOption, notes: CurlNotes): string | null {
  switch (name) {
    case 'data-raw':
      return value
    case 'data':
    case 'data-ascii':
    case 'data-binary':
    case 'json':
      if (!value.startsWith('@')) return value
      notes.add(
        'not_imported',
        written,
        'The command only names a file. Write what it contains into the body of the endpoint.',
      )
      return ''
    case 'data-urlencode':
      return encoded(value, written, notes)
    default:
      return null
  }
}

/** `content`, `=content`, `name=content`; `@file` and `name@file` name files. */
function encoded(value: string, written: string, notes: CurlNotes): string {
  const [, name = '', mark = ''] = /^([^=@]*)([=@]?)/.exec(value) ?? []
  if (mark === '@') {
    notes.add(
      'not_imported',
      written,
      'The command only names a file. Write what it contains into the body of the endpoint.',
    )
    return ''
  }
  const content = mark === '' ? value : value.slice(name.length + 1)
  const text = formEncode(content)
  return mark === '' || name === '' ? text : `${name}=${text}`
}

/** `name=content`, `name=content;type=text/plain`; `name=@file` and `name=<file` name files. */
function readField({ name: option, value, written }: GivenOption, notes: CurlNotes): FormField[] {
  const equals = value.indexOf('=')
  if (equals < 0) {
    notes.add('invalid', written, 'A field of the form is not written as name=value, so it was left out.')
    return []
  }
  const name = value.slice(0, equals)
  const content = value.slice(equals + 1)
  if (option === 'form-string') return [{ name, value: content }]
  if (/^[@<]/.test(content)) {
    notes.add('not_imported', written, 'Files in a multipart form are not possible yet, so the field was left out.')
    return []
  }
  const plain = content.replace(/;(?:type|filename|headers|encoder)=[^;]*$/g, '')
  if (plain !== content) notes.add('changed', written, 'The type of a form field was left out.')
  return [{ name, value: plain.replace(/^"([\s\S]*)"$/, '$1') }]
}
