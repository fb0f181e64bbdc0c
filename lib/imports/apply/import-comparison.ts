import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { sameJson } from '@/lib/domain/same-json'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { connectorHash } from '../document-yaml'
import { readConnectorDocument } from '../read-connector-document'
import {
  compareParts,
  endpointPart,
  inOrder,
  methodPart,
  partsOfDetails,
  schemaPart,
  type Part,
  type PartChange,
} from './document-parts'
import type { ImportedDocument } from './imported-document'
import { viewOf } from './target'
import type { PartChangeView } from './views'

/** Each part takes some tenths of a millisecond, so as many are compared without a pause. */
const atOnce = 20

export type ImportedChange = PartChangeView & {
  /** Of the document; null if it does not contain the part, or if it is not an endpoint or a schema. */
  itemId: string | null
}

export type ImportComparison = {
  /** Of the connector; null without one. */
  documentHash: string | null
  /** In the order of kinds, then by key. */
  changes: ImportedChange[]
  /** What is neither an endpoint nor a schema, before and after. */
  small: PartChange[]
}

type Kind = 'endpoint' | 'schema'

/** Compares the document of an import with a connector, whose endpoints and schemas pass by once, a few at a time. */
export class ComparingImport {
  readonly #found: ImportedChange[] = []

  constructor(
    private readonly db: WorkspaceDb,
    private readonly document: ImportedDocument,
    private readonly removeOthers: boolean,
  ) {}

  /** What the document adds if there is no such connector. */
  async withNothing(key: string): Promise<ImportComparison> {
    const small = compareParts([], this.document.parts(key))
    for (const kind of ['endpoint', 'schema'] as const)
      for (const item of await this.document.items(kind)) this.#add('added', kind, item)
    return { documentHash: null, small, changes: this.#changes(small) }
  }

  /** Null if the connector does not exist any more. */
  async with(connectorId: string): Promise<ImportComparison | null> {
    const parts = await readConnectorDocument(this.db, connectorId)
    if (!parts) return null
    const document = this.document.completedBy(parts.methods)
    const here = [...partsOfDetails(parts.details), ...parts.methods.map(methodPart)]
    const small = compareParts(here, document.parts(parts.key))
    const { methodKeys } = document
    const documentHash = await connectorHash({
      ...parts,
      endpoints: this.#passing('endpoint', parts.endpoints, {
        partOf: (written: object) => endpointPart(written, methodKeys),
        read: (ids) => document.endpointParts(ids),
      }),
      schemas: this.#passing('schema', parts.schemas, {
        partOf: schemaPart,
        read: (ids) => document.schemaParts(ids),
      }),
    })
    return { documentHash, small, changes: this.#changes(small) }
  }

  /** Hands over what passes by, and compares it. */
  async *#passing<Written>(
    kind: Kind,
    pieces: AsyncIterable<Written[]> | Iterable<Written[]>,
    { partOf, read }: { partOf: (written: Written) => Part; read: (ids: string[]) => Promise<Map<string, Part>> },
  ): AsyncGenerator<Written[]> {
    const items = new Map((await this.document.items(kind)).map((item) => [item.key, item]))
    for await (const some of pieces) {
      for (let start = 0; start < some.length; start += atOnce) {
        const here = some.slice(start, start + atOnce).map(partOf)
        const now = await read(here.flatMap(({ key }) => items.get(key)?.id ?? []))
        for (const part of here) {
          const item = items.get(part.key)
          items.delete(part.key)
          if (!item) this.#add(this.removeOthers ? 'removed' : 'left', kind, { key: part.key, name: part.name })
          else if (!sameJson(part.value, now.get(part.key)?.value ?? null)) this.#add('changed', kind, item)
        }
        await setImmediate()
      }
      yield some
    }
    for (const item of items.values()) this.#add('added', kind, item)
  }

  #add(
    change: PartChangeView['change'],
    kind: Kind,
    { key, name, id = null }: { key: string; name: string; id?: string | null },
  ) {
    this.#found.push({ change, kind, key, name, itemId: id })
  }

  #changes(small: readonly PartChange[]): ImportedChange[] {
    const views = small.map((change) => ({ ...viewOf(change, this.removeOthers), itemId: null }))
    return inOrder([...views, ...this.#found])
  }
}
