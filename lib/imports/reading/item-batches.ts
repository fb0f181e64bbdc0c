import { FreeNames } from '@/lib/domain/free-names'
import { foldName } from '@/lib/domain/names'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { newId } from '@/lib/platform/db/new-id'
import type { EndpointInput } from '../document-schema'
import { rowsOf } from '../endpoint-rows'
import type { ConnectorInput, MappedSchema } from '../openapi/map-open-api'
import { quote, storable } from '../openapi/texts'
import type { EndpointPlan } from '../plan-connector'
import type { ReadingHost, ReadItem } from './read-result'
import { batchCharacters, batchSize, mostItemCharacters, mostSchemaCharacters } from './source-limits'
import { Unreadable } from './unreadable'

type MethodInput = NonNullable<ConnectorInput['methods']>[number]

/**
 * Hands items over in batches, and counts how many endpoints accept each method. What refers to the same large part many
 * times is refused when all items together are too large.
 */
export class ItemBatches {
  readonly #store: ReadingHost['store']
  readonly #total: number
  readonly #most: number
  /** A document may use an operation ID twice. */
  readonly #keys = new FreeNames()
  readonly #accepting = new Map<string, number>()
  /** As JSON. */
  #waiting: string[] = []
  #characters = 0
  #allCharacters = 0

  /** @param most characters of JSON of all items together */
  constructor(store: ReadingHost['store'], total: number, most = mostItemCharacters) {
    this.#store = store
    this.#total = total
    this.#most = most
  }

  /** @param plan the same endpoint, checked @throws Unreadable */
  addEndpoint(endpoint: EndpointInput, plan: EndpointPlan, source: { key: string; pointer: string }): void {
    const { name, method = 'GET', url, entityType = '', accepts = [] } = endpoint
    for (const accepted of accepts) this.#accepting.set(accepted, (this.#accepting.get(accepted) ?? 0) + 1)
    this.#add(JSON.stringify(endpoint), {
      kind: 'endpoint',
      key: this.#keys.take(source.key) ? source.key : this.#keys.takeFree(`${method} ${url}`),
      name,
      foldedName: foldName(name),
      pointer: source.pointer,
      tag: entityType,
      httpMethod: method,
      url,
      accepts,
      endpoints: 0,
      rows: JSON.stringify(rowsOf(plan)),
    })
  }

  /** After all endpoints, because only then it is known how many accept it. @throws Unreadable */
  addMethod(method: MethodInput, { key, pointer }: { key: string; pointer: string }): void {
    this.#add(JSON.stringify(method), {
      kind: 'method',
      key: key || method.name,
      name: method.name,
      foldedName: foldName(method.name),
      pointer,
      tag: authenticationTypes[method.type],
      httpMethod: '',
      url: '',
      accepts: [],
      endpoints: this.#accepting.get(method.name) ?? 0,
      rows: null,
    })
  }

  /** @throws Unreadable */
  addSchema({ name, pointer, schema }: MappedSchema): void {
    const json = JSON.stringify(schema)
    if (json.length > mostSchemaCharacters) throw new Unreadable(`The schema ${quote(name)} is too large.`)
    const item = { kind: 'schema' as const, accepts: [], endpoints: 0, rows: null }
    this.#add(json, { ...item, key: name, name, foldedName: name, pointer, tag: '', httpMethod: '', url: '' })
  }

  finish(): void {
    const count = this.#waiting.length
    if (count > 0) this.#store({ json: `[${this.#waiting.join()}]`, count }, this.#total)
    this.#waiting = []
    this.#characters = 0
  }

  #add(definition: string, { rows, ...item }: Omit<ReadItem, 'id' | 'definition'>): void {
    const described = JSON.stringify({
      ...item,
      id: newId(),
      key: storable(item.key),
      name: storable(item.name),
      foldedName: storable(item.foldedName),
      pointer: storable(item.pointer),
      tag: storable(item.tag),
      url: storable(item.url),
      definition,
    } satisfies Omit<ReadItem, 'rows'>)
    this.#allCharacters += described.length
    if (this.#allCharacters > this.#most)
      throw new Unreadable('What this document describes is too large to import at once. Import a part of it.')
    const json = `${described.slice(0, -1)},"rows":${JSON.stringify(rows)}}`
    this.#waiting.push(json)
    this.#characters += json.length
    if (this.#waiting.length >= batchSize || this.#characters >= batchCharacters) this.finish()
  }
}
