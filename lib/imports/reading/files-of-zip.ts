import { posix } from 'node:path'
import { isObject } from '@/lib/domain/is-object'
import type { ResolveExternal } from '../openapi/references'
import { Node, type ObjectNode } from '../openapi/nodes'
import { isOpenApi, mayBeOpenApi } from '../recognise-open-api'
import { isCollection, isEnvironment, mayBePostman } from '../recognise-postman'
import { decodeText } from './decode'
import { parseText } from './parse-text'
import { Unreadable } from './unreadable'
import { unzip, type ZipFiles } from './unzip'

export type ZipDocument = {
  root: unknown
  resolve: ResolveExternal
  /** Of a Postman collection, wherever they are in the zip file. */
  environments: ObjectNode[]
}

const depthOf = (path: string) => path.split('/').length

/**
 * The document of a zip file and how its references find the other files. The document is the OpenAPI document, the
 * Postman collection or the connection document that is nearest the top; several at the same level are refused. One that is broken there is reported, instead of
 * a deeper one being taken for the document.
 * @throws Unreadable
 */
export async function readZip(bytes: Buffer): Promise<ZipDocument> {
  const files = await unzip(bytes)
  const documents = new ParsedFiles(files)
  const paths = [...files.keys()].sort((one, other) => depthOf(one) - depthOf(other) || (one < other ? -1 : 1))
  const found: string[] = []
  let broken: { path: string; problem: Unreadable } | null = null
  for (const path of paths) {
    const nearest = found[0] ?? broken?.path
    if (nearest !== undefined && depthOf(path) > depthOf(nearest)) break
    const kind = documents.kindOf(path)
    if (kind === 'root') found.push(path)
    else if (kind instanceof Unreadable) broken ??= { path, problem: kind }
  }
  const [main, ...others] = found
  if (main === undefined)
    throw (
      broken?.problem ??
      new Unreadable(
        'No file in this zip file is an OpenAPI document, a Postman collection or a connection document, as JSON or YAML.',
      )
    )
  if (others.length > 0)
    throw new Unreadable(
      `This zip file has several documents: ${[main, ...others].slice(0, 5).join(', ')}. Import them one by one, or put the one that refers to the others in a folder above them.`,
    )
  const root = documents.read(main)
  return {
    root,
    environments: isCollection(root) ? documents.environments(paths) : [],
    resolve: (uri, from) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) return null
      const file = posix.normalize(posix.join(posix.dirname(from === '' ? main : from), decoded(uri)))
      return files.has(file) ? documents.resolve(file) : null
    },
  }
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

/** A file that says what it is at its beginning, or is JSON. Other files may mention the key, such as settings of a site. */
const isMeantAsDocument = (path: string, text: string) =>
  /\.(?:json|ya?ml)$/i.test(path) && /^(?:\s*\{|["']?(?:openapi|swagger|patchbay)["']?\s*:)/m.test(text)

/** Each file is parsed once, when it is needed, and its bytes are forgotten then. */
class ParsedFiles {
  readonly #files: ZipFiles
  readonly #parsed = new Map<string, unknown>()

  constructor(files: ZipFiles) {
    this.#files = files
  }

  read(path: string): unknown {
    if (!this.#parsed.has(path)) {
      this.#parsed.set(path, parseText(decodeText([this.#files.get(path)!]), `The file ${path}`))
      this.#files.set(path, Buffer.alloc(0))
    }
    return this.#parsed.get(path)
  }

  resolve(file: string): { file: string; document: unknown } | { problem: string } {
    try {
      return { file, document: this.read(file) }
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.message }
      throw error
    }
  }

  /** Files that could not be read, or are something else, are no environments. */
  environments(paths: readonly string[]): ObjectNode[] {
    return paths.flatMap((path) => {
      if (!/\.json$/i.test(path) || (!this.#parsed.has(path) && !this.#mayBeEnvironment(path))) return []
      const found = this.resolve(path)
      return 'document' in found && isEnvironment(found.document) ? [new Node(found.document, path)] : []
    })
  }

  #mayBeEnvironment(path: string): boolean {
    return /"values"\s*:\s*\[/.test(this.#files.get(path)!.toString('utf8'))
  }

  /**
   * Whether a file may be the document; the problem if it should be one and cannot be parsed. Any other file that cannot
   * be parsed is reported where it is referred to.
   */
  kindOf(path: string): 'root' | 'part' | Unreadable {
    const text = this.#files.get(path)!.toString('utf8')
    const start = text.slice(0, 65_536)
    if (!mayBeOpenApi(text) && !mayBePostman(text) && !/["']?patchbay["']?\s*:/.test(start)) return 'part'
    try {
      const root = this.read(path)
      const isRoot =
        isOpenApi(root) || isCollection(root) || (isObject(root) && root.kind === 'connector' && 'patchbay' in root)
      return isRoot ? 'root' : 'part'
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      return isMeantAsDocument(path, start) ? error : 'part'
    }
  }
}
