import { isObject } from '@/lib/domain/is-object'
import { childOf, hasOwn, type Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { quote } from '../openapi/texts'
import { scalarText } from '../openapi/variables'

/**
 * Reads the parts of a collection. What has a wrong type is a line of the report, never an error. References
 * (`$ref`) have no meaning in a collection and are not followed.
 */

/** Whether the member is there; Postman writes null for what is not. */
export function has(parent: ObjectNode, key: string): boolean {
  return hasOwn(parent, key) && parent.value[key] !== undefined && parent.value[key] !== null
}

/** A value as JSON; null, with a line in the report, if it is nested too deeply to be written. */
export function jsonOf(report: Report, node: Node, value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    report.add('invalid', node, 'This JSON is nested too deeply, so it was left out.')
    return null
  }
}

/** Null if the member is absent, or, with a line in the report, no object. */
export function objectPart(report: Report, parent: ObjectNode, key: string): ObjectNode | null {
  if (!has(parent, key)) return null
  const node = childOf(parent, key)
  if (isObject(node.value)) return node as ObjectNode
  report.add('invalid', node, `${quote(key)} must be an object, so it was left out.`)
  return null
}

/** The entries of a list; none if it is absent or, with a line in the report, no list. */
export function listPart(report: Report, parent: ObjectNode, key: string, most = Number.MAX_SAFE_INTEGER): Node[] {
  if (!has(parent, key)) return []
  const node = childOf(parent, key)
  if (!Array.isArray(node.value)) {
    report.add('invalid', node, `${quote(key)} must be a list, so it was left out.`)
    return []
  }
  const list = node as Node<unknown[]>
  if (list.value.length > most)
    report.add('limit', node, `Only the first ${most.toLocaleString('en')} entries of ${quote(key)} were read.`)
  return list.value.slice(0, most).map((_, index) => childOf(list, index))
}

/** The objects of a list; others are lines of the report. */
export function objectsPart(report: Report, parent: ObjectNode, key: string, most?: number): ObjectNode[] {
  return listPart(report, parent, key, most).flatMap((node) => {
    if (isObject(node.value)) return [node as ObjectNode]
    report.add('invalid', node, `An entry of ${quote(key)} must be an object, so it was left out.`)
    return []
  })
}

/** A text, a number, or true or false as a text; empty if it is absent or, with a line in the report, anything else. */
export function textPart(report: Report, parent: ObjectNode, key: string): string {
  if (!has(parent, key)) return ''
  const node = childOf(parent, key)
  const text = scalarText(node.value)
  if (text !== null) return text
  report.add('invalid', node, `${quote(key)} must be a text, so it was left out.`)
  return ''
}

/** A description is a text, or an object with its text. */
export function descriptionPart(report: Report, parent: ObjectNode): string {
  if (!isObject(parent.value.description)) return textPart(report, parent, 'description')
  return textPart(report, childOf(parent, 'description') as ObjectNode, 'content')
}
