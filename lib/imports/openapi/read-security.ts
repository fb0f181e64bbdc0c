import { counted } from '@/lib/domain/counted'
import { isObject } from '@/lib/domain/is-object'
import { firstFree, foldName } from '@/lib/domain/names'
import { combineSchemes } from './combine-schemes'
import { definitionLimits, readingLimits } from './limits'
import { childOf, hasOwn, type Node, type ObjectNode } from './nodes'
import { listMember, members, objectMember, objectOf, type Reader } from './reader'
import { readScheme } from './read-scheme'
import type { MethodDraft, SchemeReading } from './scheme-methods'
import { isPlainLine, labelOf, quote, quoteSome } from './texts'
import { keysOfType } from './variable-keys'

export type ReadMethod = {
  name: string
  draft: MethodDraft
  schemes: readonly string[]
  scopes: Set<string>
  node: ObjectNode
}

/** What an operation accepts: names of methods, its scopes, and where their credentials are sent. */
export type Accepted = { methods: string[]; scopes: string[]; places: ReadonlySet<string> }

const noSchemes = ''

/**
 * Turns security requirements into methods (OpenAPI 3.1 §4.8.30). Each distinct set of schemes that an operation accepts
 * is a method: one scheme alone, several that apply together as one with all their credentials, the empty set as *None*.
 */
export class Security {
  readonly #reader: Reader
  readonly #schemes = new Map<string, SchemeReading>()
  readonly #nodes = new Map<string, ObjectNode>()
  readonly #bySet = new Map<string, ReadMethod[]>()
  readonly #names = new Set<string>()
  readonly #usedTogether = new Set<string>()
  readonly methods: ReadMethod[] = []

  constructor(reader: Reader, baseUrl: string) {
    this.#reader = reader
    const { root, version } = reader
    const components = version === '2.0' ? root : objectMember(reader, root, 'components')
    const schemes = components
      ? objectMember(reader, components, version === '2.0' ? 'securityDefinitions' : 'securitySchemes')
      : null
    for (const [name, child] of schemes ? members(schemes) : []) {
      const node = objectOf(reader, child, 'A security scheme')
      if (node === null) continue
      this.#nodes.set(name, node)
      this.#schemes.set(name, readScheme(reader, name, node, baseUrl))
    }
  }

  /** Keys that variables of endpoints must not have: they would replace a credential. */
  variableKeys(): Set<string> {
    const own = [...this.#schemes.values()].flatMap(({ drafts, extra }) => [
      ...drafts.flatMap(({ type, variables }) => [...keysOfType(type), ...variables.map(({ key }) => key)]),
      ...(extra?.(new Set()).variables ?? []).map(({ key }) => key),
    ])
    return new Set(own)
  }

  /** Reads what an operation accepts: its own list, or that of the document. */
  accepts(operation: ObjectNode): Accepted {
    const owner = hasOwn(operation, 'security') ? operation : this.#reader.root
    const { value } = childOf(owner, 'security')
    if (value === undefined) return this.#accepting([{ key: [], node: owner, scopes: [] }])
    const listed = listMember(this.#reader, owner, 'security')
    // What is malformed must not read as “needs no credentials”.
    if (!Array.isArray(value)) return { methods: [], scopes: [], places: new Set() }
    if (listed.length === 0) return this.#accepting([{ key: [], node: owner, scopes: [] }])
    if (listed.length > readingLimits.requirements)
      this.#reader.report.add(
        'limit',
        childOf(owner, 'security'),
        `Only the first ${readingLimits.requirements} alternatives are read.`,
      )
    return this.#accepting(
      listed.slice(0, readingLimits.requirements).flatMap((node) => {
        // Not a reference: `$ref` would be the name of a scheme.
        if (isObject(node.value)) return this.#setOf(node as ObjectNode) ?? []
        this.#reader.report.add('invalid', node, 'A security requirement must be an object, so it was left out.')
        return []
      }),
    )
  }

  /** Methods for the schemes that no operation uses; those used only together with others are part of those methods. */
  addUnused(): void {
    for (const [name, { drafts }] of this.#schemes) {
      if (drafts.length === 0 || this.#bySet.has(name) || this.#usedTogether.has(name)) continue
      const node = this.#nodes.get(name) ?? this.#reader.root
      this.#reader.report.add(
        'note',
        node,
        `No operation requires ${quote(name)}. Its method is off for every endpoint.`,
      )
      this.#methodsOf([name], node)
    }
  }

  #setOf(requirement: ObjectNode): { key: string[]; node: ObjectNode; scopes: [string, string[]][] } | null {
    const names = members(requirement)
    if (names.length > readingLimits.schemes) {
      this.#reader.report.add(
        'limit',
        requirement,
        `At most ${readingLimits.schemes} security schemes can apply together, so this alternative was left out.`,
      )
      return null
    }
    const known = names.filter(([name]) => this.#schemes.get(name)?.drafts.length)
    for (const [name, node] of names.filter(([name]) => !this.#schemes.has(name)))
      this.#reader.report.add(
        'invalid',
        node,
        `The document has no security scheme ${quote(name)}, so this alternative was left out.`,
      )
    for (const [name, node] of names.filter(([name]) => this.#schemes.get(name)?.drafts.length === 0))
      this.#reader.report.add(
        'not_imported',
        node,
        `The security scheme ${quote(name)} could not be imported, so this alternative was left out.`,
      )
    if (known.length < names.length) return null
    const scopes = names.map(([name, node]): [string, string[]] => [name, scopesIn(this.#reader, node)])
    return { key: names.map(([name]) => name), node: requirement, scopes }
  }

  #accepting(sets: readonly { key: string[]; node: ObjectNode; scopes: [string, string[]][] }[]): Accepted {
    const methods = new Set<string>()
    const scopes = new Set<string>()
    const places = new Set<string>()
    const lists = sets.map((set) => set.scopes.flatMap(([, list]) => list).join(' ')).filter((list) => list !== '')
    const differing = new Set(lists).size > 1
    for (const { key, node, scopes: named } of sets) {
      const needed = named.flatMap(([, list]) => list)
      for (const method of this.#methodsOf(key, node)) {
        methods.add(method.name)
        for (const scope of needed) method.scopes.add(scope)
      }
      for (const scope of needed) scopes.add(scope)
      for (const name of key) {
        const { place, sendsToo = [] } = this.#schemes.get(name) ?? { place: null }
        for (const sent of [place, ...sendsToo]) if (sent !== null) places.add(sent)
      }
      // The endpoint has one list of scopes, so where alternatives require different ones, the report says which.
      if (needed.length > 0 && differing)
        this.#reader.report.add('note', node, `This alternative requires the scopes ${quoteSome(needed, 20)}.`)
    }
    return { methods: [...methods], scopes: this.#listed([...scopes], sets[0]?.node), places }
  }

  #listed(scopes: string[], node: ObjectNode | undefined): string[] {
    const more = scopes.length - definitionLimits.scopes
    if (more > 0 && node)
      this.#reader.report.add(
        'limit',
        node,
        `An endpoint has at most ${definitionLimits.scopes} scopes, so ${counted(more, 'scope was', 'scopes were')} left out.`,
      )
    return scopes.slice(0, definitionLimits.scopes)
  }

  #methodsOf(schemes: readonly string[], node: ObjectNode): ReadMethod[] {
    const key = [...schemes].sort().join('\0')
    const known = this.#bySet.get(key)
    if (known) return known
    if (schemes.length > 1) for (const scheme of schemes) this.#usedTogether.add(scheme)
    const readings = schemes.flatMap((name) => this.#schemes.get(name) ?? [])
    const drafts: MethodDraft[] =
      key === noSchemes ? [{ type: 'none', suffix: '', variables: [] }] : combineSchemes(this.#reader, readings, node)
    const base = key === noSchemes ? 'None' : schemes.join(' + ')
    const made = drafts.flatMap((draft): ReadMethod[] => {
      if (this.methods.length >= definitionLimits.methods) {
        this.#reader.report.add(
          'limit',
          node,
          `A connector has at most ${definitionLimits.methods} authentication methods, so ${quote(base)} was left out.`,
        )
        return []
      }
      const name = this.#nameFor(base, drafts.length > 1 ? draft.suffix : '')
      const method = {
        name,
        draft,
        schemes,
        scopes: new Set<string>(),
        node: this.#nodes.get(schemes[0] ?? '') ?? node,
      }
      this.methods.push(method)
      return [method]
    })
    this.#bySet.set(key, made)
    return made
  }

  #nameFor(base: string, suffix: string): string {
    const behind = suffix === '' ? '' : ` (${suffix})`
    const label = `${labelOf(base, definitionLimits.name - 45) || 'Method'}${behind}`
    const name = firstFree(label, ' ', (candidate) => this.#names.has(foldName(candidate)))
    this.#names.add(foldName(name))
    return name
  }
}

function scopesIn(reader: Reader, node: ReturnType<typeof childOf>): string[] {
  if (Array.isArray(node.value))
    return node.value.flatMap((scope, index) => {
      if (typeof scope === 'string' && /^\S+$/.test(scope) && isPlainLine(scope, definitionLimits.scope)) return [scope]
      reader.report.add('invalid', childOf(node as Node<unknown[]>, index), 'This is no scope (RFC 6749 §3.3).')
      return []
    })
  reader.report.add('invalid', node, 'The scopes must be a list, so they were left out.')
  return []
}
