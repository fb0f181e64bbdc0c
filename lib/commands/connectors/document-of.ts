import { isObject } from '@/lib/domain/is-object'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { readYaml } from '@/lib/imports/parse-document'

/**
 * A document as JSON, which the installation reads much faster than YAML.
 * @param text of the file
 * @param key of the connector, after which the file is called
 */
export function documentOf(text: string, key: string): Result<string> {
  const read = readYaml(text)
  if (!read.ok) return read
  if (!isObject(read.value)) return refuse('invalid_input', `${key}.yaml is no connection document.`)
  const named = read.value.key ?? key
  if (named === key) return succeed(JSON.stringify({ ...read.value, key }))
  return refuse('invalid_input', `It has the key ${JSON.stringify(named)}. Call the file ${String(named)}.yaml.`)
}
