import { isObject } from '@/lib/domain/is-object'
import { childOf, type Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { quote } from '../openapi/texts'
import { scalarText } from '../openapi/variables'
import { postmanLimits } from './limits'
import { objectsPart, textPart } from './parts'

/** One authentication of a collection, a folder or a request. */
export type Auth = { type: string; node: ObjectNode; fields: AuthFields }

/** The fields of an authentication: a list of keys and values in version 2.1, an object in version 2.0. */
export class AuthFields {
  readonly #report: Report
  readonly #fields: ReadonlyMap<string, Node>
  readonly #read = new Set<string>()

  constructor(report: Report, fields: ReadonlyMap<string, Node>) {
    this.#report = report
    this.#fields = fields
  }

  /** A text, number or flag as text; empty if it is absent. */
  text(name: string): string {
    this.#read.add(name)
    const node = this.#fields.get(name)
    if (node === undefined || node.value === null || node.value === undefined) return ''
    const text = scalarText(node.value)
    if (text !== null) return text
    this.#report.add('invalid', node, `${quote(name)} must be a text, so it was left out.`)
    return ''
  }

  flag(name: string): boolean {
    return this.text(name) === 'true'
  }

  /** A JSON value, which Postman writes as a text or as it is. */
  json(name: string): unknown {
    this.#read.add(name)
    const value = this.#fields.get(name)?.value
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      return undefined
    }
  }

  /** The objects of a list. */
  list(name: string): ObjectNode[] {
    this.#read.add(name)
    const { value = [] } = this.#fields.get(name) ?? {}
    return Array.isArray(value)
      ? value.slice(0, postmanLimits.authFields).flatMap((entry, index) => {
          const node = childOf(this.#fields.get(name) as Node<unknown[]>, index)
          return isObject(entry) ? [node as ObjectNode] : []
        })
      : []
  }

  /** Fields that were not read and have a value. */
  unread(known: readonly string[]): string[] {
    return [...this.#fields]
      .filter(([name, { value }]) => !this.#read.has(name) && !known.includes(name) && !isEmpty(value))
      .map(([name]) => name)
  }
}

const isEmpty = (value: unknown) =>
  value === '' || value === null || value === undefined || value === false || (Array.isArray(value) && !value.length)

/** The authentication of a collection, a folder or a request; null without one: that of the folder around it counts. */
export function readAuth(report: Report, owner: ObjectNode): Auth | null {
  if (!isObject(owner.value.auth)) {
    if (owner.value.auth !== undefined && owner.value.auth !== null)
      report.add('invalid', childOf(owner, 'auth'), '“auth” must be an object, so it was left out.')
    return null
  }
  const node = childOf(owner, 'auth') as ObjectNode
  const type = textPart(report, node, 'type').trim().toLowerCase()
  if (type === '' || type === 'inherit') return null
  return { type, node, fields: new AuthFields(report, fieldsOf(report, node, type)) }
}

function fieldsOf(report: Report, node: ObjectNode, type: string): Map<string, Node> {
  if (!Object.hasOwn(node.value, type) || node.value[type] === null) return new Map()
  const given = childOf(node, type)
  if (isObject(given.value))
    return new Map(
      Object.keys(given.value)
        .slice(0, postmanLimits.authFields)
        .map((key) => [key, childOf(given as ObjectNode, key)]),
    )
  const fields = new Map<string, Node>()
  for (const field of objectsPart(report, node, type, postmanLimits.authFields)) {
    const { key } = field.value
    if (typeof key === 'string') fields.set(key, childOf(field, 'value'))
  }
  return fields
}
