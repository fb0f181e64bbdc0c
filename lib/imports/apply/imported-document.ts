import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { detailsInDocument, endpointInDocument, keyedMethodInDocument } from '../connector-to-document'
import { connectorDocumentSchema } from '../document-schema'
import { planConnector, type ConnectorPlan, type EndpointPlan } from '../plan-connector'
import { planOfEndpoint } from '../update/item-parts'
import { endpointPart, methodPart, partsOfDetails, schemaPart, type Part } from './document-parts'
import { withMadeVariables } from './made-variables'

type Db = WorkspaceDb | WorkspaceTransaction
type Kind = 'endpoint' | 'schema'

const itemsAtOnce = 2_000

/** An endpoint or a schema of the document, without what it says. */
export type ImportedItem = { id: string; key: string; name: string }

/**
 * The connection document of an import. Details and methods are in memory; endpoints and schemas are read from its items,
 * a few at a time.
 */
export class ImportedDocument {
  readonly methodKeys: ReadonlySet<string>

  private constructor(
    private readonly db: Db,
    private readonly importId: string,
    /** Without endpoints and schemas. */
    readonly plan: ConnectorPlan,
    /** Keys of the methods by their names, which items use. */
    private readonly keys: ReadonlyMap<string, string>,
  ) {
    this.methodKeys = new Set(plan.methods.map(({ key }) => key))
  }

  /**
   * @param definition of the import: the document without methods, endpoints and schemas
   * @returns null if another version of Patchbay has read it
   */
  static async read(db: Db, importId: string, definition: unknown): Promise<ImportedDocument | null> {
    const items = await db.importItem.findMany({
      where: { importId, kind: 'method' },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { name: true, definition: true },
    })
    const methods = items.map((item) => item.definition)
    const document = connectorDocumentSchema.safeParse({ ...(definition as object), methods, endpoints: [] })
    const plan = document.success ? planConnector(document.data) : null
    if (!plan?.ok) return null
    const keys = new Map(items.map(({ name }, index) => [name, plan.value.methods[index]!.key]))
    return new ImportedDocument(db, importId, plan.value, keys)
  }

  /** @param written the connector's methods, which may have variables that were made when they were written */
  completedBy(written: readonly object[]): ImportedDocument {
    return new ImportedDocument(this.db, this.importId, withMadeVariables(this.plan, written), this.keys)
  }

  /** Everything but endpoints and schemas. @param key of the connector, which a document does not change */
  parts(key: string): Part[] {
    const { plan } = this
    const methods = plan.methods.map((method) => methodPart(keyedMethodInDocument(method)))
    return [...partsOfDetails(detailsInDocument({ ...plan, key })), ...methods]
  }

  /** All of them, some at a time, because thousands at once would block the process. */
  async items(kind: Kind): Promise<ImportedItem[]> {
    const items: ImportedItem[] = []
    for (let after = -1; ;) {
      const some = await this.db.importItem.findMany({
        where: { importId: this.importId, kind, position: { gt: after } },
        orderBy: { position: 'asc' },
        take: itemsAtOnce,
        select: { id: true, key: true, name: true, position: true },
      })
      items.push(...some)
      if (some.length < itemsAtOnce) return items
      after = some.at(-1)!.position
    }
  }

  /** Some endpoints, by key. */
  async endpoints(ids: readonly string[]): Promise<Map<string, EndpointPlan>> {
    const plans = new Map<string, EndpointPlan>()
    for (const { key, definition } of await this.#read(ids)) {
      const plan = planOfEndpoint(definition, { key, keys: this.keys })
      if (plan !== null) plans.set(key, plan)
    }
    return plans
  }

  async endpointParts(ids: readonly string[]): Promise<Map<string, Part>> {
    const plans = [...(await this.endpoints(ids)).values()]
    return byKey(plans.map((plan) => endpointPart(endpointInDocument(plan, plan.accepts), this.methodKeys)))
  }

  async schemaParts(ids: readonly string[]): Promise<Map<string, Part>> {
    return byKey((await this.#read(ids)).map(({ name, definition }) => schemaPart([name, definition])))
  }

  #read(ids: readonly string[]) {
    return this.db.importItem.findMany({
      where: { importId: this.importId, id: { in: [...ids] } },
      select: { key: true, name: true, definition: true },
    })
  }
}

function byKey(parts: readonly Part[]): Map<string, Part> {
  return new Map(parts.map((part) => [part.key, part]))
}
