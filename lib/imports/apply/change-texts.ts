import 'server-only'
import { setImmediate } from 'node:timers/promises'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { documentText } from '../document-yaml'
import { readEndpoints } from '../read-connector-document'
import { endpointPart, schemaPart, type Part, type PartChange } from './document-parts'
import type { ImportedChange } from './import-comparison'
import type { ImportedDocument } from './imported-document'

const atOnce = 20
/** In characters of JSON: a longer part is shown without its text. */
const mostOfPart = 50_000
/** In characters, of all texts together. */
const mostOfAll = 500_000

export type Texts = { before: string | null; after: string | null }

/** What differs in parts of a connector and of the document of an import, as YAML. */
export class ChangeTexts {
  #characters = 0

  constructor(
    private readonly db: WorkspaceDb,
    private readonly connectorId: string | null,
    private readonly document: ImportedDocument,
    private readonly small: readonly PartChange[],
  ) {}

  /** In the order of the changes. */
  async of(changes: readonly ImportedChange[]): Promise<Texts[]> {
    const texts: Texts[] = []
    for (let start = 0; start < changes.length; start += atOnce) {
      const some = changes.slice(start, start + atOnce)
      const [before, after] = [await this.#here(some), await this.#now(some)]
      for (const change of some) {
        const known = this.small.find(({ kind, key }) => kind === change.kind && key === change.key)
        texts.push({
          before: this.#textOf(known ? known.before : before.get(idOf(change))),
          after: this.#textOf(known ? known.after : after.get(idOf(change))),
        })
        await setImmediate()
      }
    }
    return texts
  }

  #textOf(part: unknown): string | null {
    if (part === null || part === undefined || JSON.stringify(part).length > mostOfPart) return null
    if (this.#characters > mostOfAll) return null
    const text = documentText(part)
    this.#characters += text.length
    return text
  }

  async #here(changes: readonly ImportedChange[]): Promise<Map<string, unknown>> {
    const { connectorId, db } = this
    if (connectorId === null) return new Map()
    const methods = await db.authenticationMethod.findMany({
      where: { connectorId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, key: true },
    })
    const endpoints = await readEndpoints(db, connectorId, methods, keysOf('endpoint', changes))
    const schemas = await db.connectorSchema.findMany({
      where: { connectorId, name: { in: keysOf('schema', changes) } },
      select: { name: true, schema: true },
    })
    return valuesOf([
      ...endpoints.map((written) => endpointPart(written, this.document.methodKeys)),
      ...schemas.map(({ name, schema }) => schemaPart([name, schema])),
    ])
  }

  async #now(changes: readonly ImportedChange[]): Promise<Map<string, unknown>> {
    const endpoints = await this.document.endpointParts(itemsOf('endpoint', changes))
    const schemas = await this.document.schemaParts(itemsOf('schema', changes))
    return valuesOf([...endpoints.values(), ...schemas.values()])
  }
}

const idOf = ({ kind, key }: { kind: string; key: string }) => `${kind} ${key}`

const keysOf = (kind: string, changes: readonly ImportedChange[]) =>
  changes.flatMap((change) => (change.kind === kind ? [change.key] : []))

const itemsOf = (kind: string, changes: readonly ImportedChange[]) =>
  changes.flatMap((change) => (change.kind === kind && change.itemId !== null ? [change.itemId] : []))

function valuesOf(parts: readonly Part[]): Map<string, unknown> {
  return new Map(parts.map((part) => [idOf(part), part.value]))
}
