/** A value of the document, and where it is. */
export type Node<Value = unknown> = {
  readonly value: Value
  /** JSON pointer (RFC 6901) within the file. */
  readonly pointer: string
  /** Empty for the document itself, else the name of the file that a reference leads to. */
  readonly file: string
}

export type ObjectNode = Node<Record<string, unknown>>

export function escapeToken(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** The member of an object or list, whatever its type. Only own properties: `__proto__` is a name like any other. */
export function childOf(parent: Node<object>, key: string | number): Node {
  return {
    value: (parent.value as Record<string, unknown>)[key],
    pointer: `${parent.pointer}/${typeof key === 'number' ? key : escapeToken(key)}`,
    file: parent.file,
  }
}

export function hasOwn(node: Node<object>, key: string): boolean {
  return Object.hasOwn(node.value, key)
}

/** Whether the key is that of an extension, which the specification leaves to vendors. */
export function isExtension(key: string): boolean {
  return key.startsWith('x-')
}
