import type { ResolveExternal } from '../openapi/references'
import { withoutQuery } from '../shown-source'
import { checkIsText, decodeText } from './decode'
import { parseText } from './parse-text'
import type { ReadingHost } from './read-result'
import { loadLimits } from './source-limits'
import { Unreadable } from './unreadable'

/**
 * The other files of a document that was loaded from an address: each is loaded once, when a reference to it is read.
 * How many, and how large, is limited.
 */
export class FilesOfAddress {
  readonly #url: string
  readonly #load: ReadingHost['load']
  readonly #files: Map<string, ReturnType<ResolveExternal>>
  #bytes = 0

  constructor(url: string, root: unknown, load: ReadingHost['load']) {
    this.#url = url
    this.#load = load
    this.#files = new Map([[url, { file: url, document: root }]])
  }

  readonly resolve: ResolveExternal = (uri, from) => {
    const base = from === '' ? this.#url : from
    if (!URL.canParse(uri, base)) return null
    const { href } = new URL(uri, base)
    const known = this.#files.get(href)
    if (known !== undefined) return known
    const found = this.#read(href)
    this.#files.set(href, found)
    return found
  }

  #read(href: string): { file: string; document: unknown } | { problem: string } {
    if (this.#files.size > loadLimits.files)
      return { problem: `The document refers to more than ${loadLimits.files.toLocaleString('en')} other files.` }
    if (this.#bytes > loadLimits.bytes)
      return { problem: `The other files of the document have more than ${loadLimits.bytes / 1024 / 1024} MB.` }
    const loaded = this.#load(href)
    if ('problem' in loaded) return loaded
    const bytes = Buffer.from(loaded.bytes)
    this.#bytes += bytes.byteLength
    try {
      checkIsText(bytes)
      return { file: href, document: parseText(decodeText([bytes]), `The file ${withoutQuery(href)}`) }
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.message }
      throw error
    }
  }
}
