import { isObject } from '@/lib/domain/is-object'
import { FreeNames } from '@/lib/domain/free-names'
import { readingLimits } from './limits'
import type { Node } from './nodes'
import { members, objectMember, type Reader } from './reader'
import { labelOf, quote } from './texts'

/** Names for the schemas that are stored: those of the components, and a name for each other one that is used. */
export class SchemaNames {
  readonly #reader: Reader
  /** By identity of the schema; by place where it is only true or false. */
  readonly #byPlace = new Map<unknown, string>()
  readonly #names = new FreeNames()
  /** In the order in which they are stored; it grows while schemas are read that refer to further ones. */
  readonly named: { name: string; node: Node }[] = []

  constructor(reader: Reader) {
    this.#reader = reader
    const { root, version } = reader
    const components = version === '2.0' ? root : objectMember(reader, root, 'components')
    const schemas = components ? objectMember(reader, components, version === '2.0' ? 'definitions' : 'schemas') : null
    for (const [name, node] of schemas ? members(schemas) : []) this.#add(name, node)
  }

  /** The reference to a schema, such as `#/$defs/Order`; null if it leads nowhere or there are too many schemas. */
  referenceTo(node: Node): string | null {
    const name = this.nameOf(node, '')
    return name === null ? null : `#/$defs/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  }

  /**
   * The name of a schema; null if it leads nowhere or there are too many schemas.
   * @param proposed for one that has no name yet; empty: where it is in the document
   */
  nameOf(node: Node, proposed: string): string | null {
    const target = this.#reader.references.follow(node)
    if (target === null || (!isObject(target.value) && typeof target.value !== 'boolean')) return null
    return this.#byPlace.get(identityOf(target)) ?? this.#add(proposed || nameOfPointer(target.pointer), target)
  }

  #add(proposed: string, node: Node): string | null {
    if (this.named.length >= readingLimits.schemas) {
      this.#reader.report.add(
        'limit',
        node,
        `At most ${readingLimits.schemas} schemas are stored, so ${quote(proposed)} was left out.`,
      )
      return null
    }
    const base = labelOf(proposed, 190)
    const name = this.#names.takeFree(base === '' || base === '__proto__' ? 'Schema' : base)
    this.#byPlace.set(identityOf(node), name)
    this.named.push({ name, node })
    return name
  }
}

function identityOf(node: Node): unknown {
  return isObject(node.value) ? node.value : `${node.file}#${node.pointer}`
}

function nameOfPointer(pointer: string): string {
  return pointer.split('/').slice(-1).join('').replaceAll('~1', '/').replaceAll('~0', '~')
}
