import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap, type YAMLSeq } from 'yaml'
import { isObject } from '@/lib/domain/is-object'
import { sameJson } from '@/lib/domain/same-json'
import { yamlOptions } from '@/lib/imports/document-yaml'

/**
 * Writes a new document over an earlier text of it: the comments, the order and the style of what did not change stay.
 * @returns the text, which means the same as `next`
 */
export function keepComments(text: string, next: string): string {
  const [document, after] = [parseDocument(text), parseDocument(next)]
  if (document.errors.length > 0 || !isMap(document.contents) || !isMap(after.contents)) return next
  updateMap(document, document.contents, after.toJS() as Record<string, unknown>)
  try {
    const merged = document.toString(yamlOptions)
    return sameJson(parseDocument(merged).toJS(), after.toJS()) ? merged : next
  } catch {
    // An alias whose anchor was removed.
    return next
  }
}

function updateMap(document: Document, map: YAMLMap, next: Record<string, unknown>): void {
  for (const { key } of [...map.items]) {
    const name = String(isScalar(key) ? key.value : key)
    if (!Object.hasOwn(next, name)) map.delete(key)
  }
  const now = map.toJSON() as Record<string, unknown>
  for (const [name, value] of Object.entries(next)) {
    const node = map.get(name, true) as unknown
    if (Object.hasOwn(now, name) && sameJson(now[name], value)) continue
    if (isMap(node) && isObject(value)) updateMap(document, node, value)
    else if (isSeq(node) && Array.isArray(value)) updateList(document, node, value)
    else map.set(name, document.createNode(value))
  }
}

/** Items are matched by their keys, so that a comment stays with its endpoint. */
function updateList(document: Document, list: YAMLSeq, next: readonly unknown[]): void {
  const before = list.items.map((node) => ({ node, key: keyOf(node) }))
  list.items = next.map((value) => {
    const key = isObject(value) && typeof value.key === 'string' ? value.key : null
    const at = before.findIndex(({ node, key: own }) =>
      key === null ? sameJson(toJs(document, node), value) : own === key,
    )
    const [known] = at < 0 ? [] : before.splice(at, 1)
    if (!known) return document.createNode(value)
    if (isMap(known.node) && isObject(value)) updateMap(document, known.node, value)
    return known.node
  })
}

function keyOf(node: unknown): string | null {
  const key = isMap(node) ? node.get('key') : null
  return typeof key === 'string' ? key : null
}

function toJs(document: Document, node: unknown): unknown {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.toJS(document) : node
}
