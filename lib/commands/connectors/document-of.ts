import { isObject } from '@/lib/domain/is-object'
import { readYaml } from '@/lib/imports/parse-document'
import { PlainError } from '@/lib/platform/server/plain-error'
import type { Folder } from './folder'

/**
 * The document of a file as JSON, which the installation reads much faster than YAML. The name of the file is the key of
 * its connector.
 */
export function documentOf(folder: Folder, key: string): string {
  const read = readYaml(folder.read(key) ?? '')
  if (!read.ok) throw new PlainError(`${key}.yaml: ${read.error.message}`)
  if (!isObject(read.value)) throw new PlainError(`${key}.yaml is no connection document.`)
  const named = read.value.key ?? key
  if (named !== key)
    throw new PlainError(
      `${key}.yaml has the key ${JSON.stringify(named)}. The file has to be called ${String(named)}.yaml.`,
    )
  return JSON.stringify({ ...read.value, key })
}
