import { isObject } from '@/lib/domain/is-object'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { readYaml } from '@/lib/imports/parse-document'
import { parseText } from '@/lib/imports/reading/parse-text'
import { Unreadable } from '@/lib/imports/reading/unreadable'

/**
 * A document as JSON, which the installation reads much faster than YAML.
 * @param text of the file
 * @param key of the connector, after which the file is called
 */
export function documentOf(text: string, key: string): Result<string> {
  const read = text.length > mostOfPeople ? readLong(text) : readYaml(text)
  if (!read.ok) return read
  if (!isObject(read.value)) return refuse('invalid_input', `${key}.yaml is no connection document.`)
  const named = read.value.key ?? key
  if (named === key) return succeed(JSON.stringify({ ...read.value, key }))
  return refuse('invalid_input', `It has the key ${JSON.stringify(named)}. Call the file ${String(named)}.yaml.`)
}

/** In characters: longer texts are read by a parser that is faster, but explains less. */
const mostOfPeople = 1_000_000

function readLong(text: string): Result<unknown> {
  try {
    return succeed(parseText(text, 'The document'))
  } catch (error) {
    if (error instanceof Unreadable) return refuse('invalid_input', error.message)
    throw error
  }
}
