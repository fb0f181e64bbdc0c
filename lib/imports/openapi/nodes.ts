import { withoutQuery } from '../shown-source'

/** A value of the document, and where it is. The pointer is written only when a line of the report needs it. */
export class Node<Value = unknown> {
  readonly value: Value
  /** Empty for the document itself, else the name of the file that a reference leads to. */
  readonly file: string
  readonly parent: Node | null
  readonly key: string | number

  constructor(value: Value, file: string, parent: Node | null = null, key: string | number = '') {
    this.value = value
    this.file = file
    this.parent = parent
    this.key = key
  }

  /** JSON pointer (RFC 6901) within the file. */
  get pointer(): string {
    return pointerTo(this)
  }

  /** The same place with another value. */
  withValue<Other>(value: Other): Node<Other> {
    return new Node(value, this.file, this.parent, this.key)
  }
}

export type ObjectNode = Node<Record<string, unknown>>

function pointerTo(leaf: Node): string {
  const tokens: string[] = []
  for (let node = leaf; node.parent !== null; node = node.parent) tokens.push(`/${escapeToken(String(node.key))}`)
  return tokens.reverse().join('')
}

function escapeToken(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** The member of an object or list, whatever its type. Only own properties: `__proto__` is a name like any other. */
export function childOf(parent: Node<object>, key: string | number): Node {
  return new Node((parent.value as Record<string, unknown>)[key], parent.file, parent, key)
}

/** Where a node is, also for a part of another file, whose address may have a query with a secret. */
export function placeOf({ file, pointer }: Pick<Node, 'file' | 'pointer'>): string {
  return file === '' ? pointer : `${withoutQuery(file)}#${pointer}`
}

export function hasOwn(node: Node<object>, key: string): boolean {
  return Object.hasOwn(node.value, key)
}

/** Whether the key is that of an extension, which the specification leaves to vendors. */
export function isExtension(key: string): boolean {
  return key.startsWith('x-')
}
