import { isObject } from '@/lib/domain/is-object'
import { childOf, hasOwn, isExtension, type Node, type ObjectNode } from './nodes'
import type { SchemaFacts } from './read-schema'
import type { References } from './references'
import type { Report } from './report'
import { quote } from './texts'

/** The version decides how parameters, bodies, security schemes and schemas are written. */
export type Version = '2.0' | '3.0' | '3.1'

/** What every part of the mapping reads with. Wrong types are lines in the report, never errors. */
export type Reader = {
  readonly version: Version
  readonly root: ObjectNode
  readonly report: Report
  readonly references: References
  /** Schemas that were read, by identity; emptied when it grows large. */
  readonly schemas: Map<object, SchemaFacts>
}

/** The node as an object, after its references; null, with a line in the report, if it is something else. */
export function objectOf({ references, report }: Reader, node: Node, what: string): ObjectNode | null {
  const found = references.follow(node)
  if (found === null) return null
  if (isObject(found.value)) return found as ObjectNode
  report.add('invalid', node, `${what} must be an object, so it was left out.`)
  return null
}

/** Null if the member is absent, or, with a line in the report, no object. */
export function objectMember(reader: Reader, parent: ObjectNode, key: string): ObjectNode | null {
  return isAbsent(parent, key) ? null : objectOf(reader, childOf(parent, key), quote(key))
}

/** The entries of a list; none if it is absent or, with a line in the report, no list. */
export function listMember({ report }: Reader, parent: ObjectNode, key: string): Node[] {
  if (isAbsent(parent, key)) return []
  const node = childOf(parent, key)
  if (Array.isArray(node.value)) return node.value.map((_, index) => childOf(node as Node<unknown[]>, index))
  report.add('invalid', node, `${quote(key)} must be a list, so it was left out.`)
  return []
}

/** The text of a member; empty if it is absent or, with a line in the report, no text. YAML reads `1.0` as a number. */
export function textMember({ report }: Reader, parent: ObjectNode, key: string): string {
  if (isAbsent(parent, key)) return ''
  const { value } = childOf(parent, key)
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  report.add('invalid', childOf(parent, key), `${quote(key)} must be a text, so it was left out.`)
  return ''
}

/** Whether a member is true; false if it is absent or, with a line in the report, neither true nor false. */
export function flagMember({ report }: Reader, parent: ObjectNode, key: string, usual = false): boolean {
  if (isAbsent(parent, key)) return usual
  const { value } = childOf(parent, key)
  if (typeof value === 'boolean') return value
  report.add('invalid', childOf(parent, key), `${quote(key)} must be true or false. It was read as ${String(usual)}.`)
  return usual
}

/** The members of an object that are no extensions. */
export function members(parent: ObjectNode): [key: string, node: Node][] {
  const keys = Object.keys(parent.value).filter((key) => !isExtension(key))
  return keys.map((key) => [key, childOf(parent, key)])
}

function isAbsent(parent: ObjectNode, key: string): boolean {
  return !hasOwn(parent, key) || parent.value[key] === undefined
}
