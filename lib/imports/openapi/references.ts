import { isObject } from '@/lib/domain/is-object'
import { readingLimits } from './limits'
import { referenceWithoutQuery } from '../shown-source'
import { childOf, Node } from './nodes'
import type { Report } from './report'
import { quote } from './texts'

/**
 * Finds another file of the document: of a zip file, or loaded through the outbound policy.
 * @param uri without its fragment, as it is written
 * @param from the file with the reference: empty for the document itself, else a `file` that this function returned
 * @returns a name for the file, by which the report calls it, and its content; a sentence if it cannot be read; null if
 * it is not available
 */
export type ResolveExternal = (
  uri: string,
  from: string,
) => { file: string; document: unknown } | { problem: string } | null

type Found = Node | Problem

class Problem {
  readonly problem: string

  constructor(problem: string) {
    this.problem = problem
  }
}

/**
 * Follows references when they are read, one at a time, so that the document is never expanded: a cycle costs as much as
 * the part that is read.
 */
export class References {
  readonly #files: Map<string, unknown>
  readonly #found = new Map<string, Map<string, Found>>()
  readonly #report: Report
  readonly #resolve: ResolveExternal | undefined
  /** How many references are being followed, each through the path of the one before. */
  #depth = 0

  constructor(document: unknown, report: Report, resolve?: ResolveExternal) {
    this.#files = new Map([['', document]])
    this.#report = report
    this.#resolve = resolve
  }

  /** What a node leads to; itself if it is no reference. Null, with a line in the report, if a reference leads nowhere. */
  follow(node: Node): Node | null {
    if (referenceOf(node) === null) return node
    const found = this.#follow(node)
    if (found instanceof Node) return found
    this.#report.add('invalid', childOf(node as Node<object>, '$ref'), found.problem)
    return null
  }

  #follow(start: Node): Found {
    let node = start
    for (let hop = 0; hop < readingLimits.referenceHops; hop += 1) {
      const reference = referenceOf(node)
      if (reference === null) return node
      const target = this.#target(reference, node.file)
      if (target instanceof Problem) return target
      node = target
    }
    return new Problem('This reference leads to itself, or over too many other references.')
  }

  #target(reference: string, file: string): Found {
    const inFile = this.#found.get(file) ?? new Map<string, Found>()
    this.#found.set(file, inFile)
    const known = inFile.get(reference)
    if (known) return known
    // A reference inside its own path finds this instead of itself.
    inFile.set(reference, new Problem('This reference leads to itself.'))
    this.#depth += 1
    const found =
      this.#depth > readingLimits.referenceHops
        ? new Problem('This reference leads through too many other references.')
        : this.#locate(reference, file)
    this.#depth -= 1
    inFile.set(reference, found)
    return found
  }

  #locate(reference: string, file: string): Found {
    const [uri = '', ...rest] = reference.split('#')
    const fragment = rest.join('#')
    const root = uri === '' ? this.#rootOf(file) : this.#external(uri, file)
    if (root instanceof Problem || fragment === '') return root
    if (!fragment.startsWith('/'))
      return new Problem(
        `The reference ${quote(referenceWithoutQuery(reference))} names an anchor. Only JSON pointers are followed.`,
      )
    let node: Node = root
    for (const token of fragment.slice(1).split('/')) {
      const parent = referenceOf(node) === null ? node : this.#follow(node)
      if (parent instanceof Problem) return parent
      const key = decodeToken(token)
      const { value } = parent
      if ((!isObject(value) && !Array.isArray(value)) || !Object.hasOwn(value, key))
        return new Problem(
          `The reference ${quote(referenceWithoutQuery(reference))} leads to nothing in this document.`,
        )
      node = childOf(parent as Node<object>, key)
    }
    return node
  }

  #rootOf(file: string): Node {
    return new Node(this.#files.get(file), file)
  }

  #external(uri: string, from: string): Found {
    const found = this.#resolve?.(uri, from) ?? null
    if (found === null)
      return new Problem(`${quote(referenceWithoutQuery(uri))} is another file, which is not part of this import.`)
    if ('problem' in found) return new Problem(found.problem)
    this.#files.set(found.file, found.document)
    return this.#rootOf(found.file)
  }
}

export function referenceOf({ value }: Node): string | null {
  return isObject(value) && Object.hasOwn(value, '$ref') && typeof value.$ref === 'string' ? value.$ref : null
}

function decodeToken(token: string): string {
  return percentDecoded(token).replaceAll('~1', '/').replaceAll('~0', '~')
}

function percentDecoded(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
