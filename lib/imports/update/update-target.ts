import 'server-only'
import { byText } from '@/lib/domain/by-text'
import { freeKeys } from '@/lib/domain/free-names'
import { slugify } from '@/lib/domain/names'
import { sameJson } from '@/lib/domain/same-json'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { compareParts, partsOfDetails, type PartChange } from '../apply/document-parts'
import { connectorDocumentSchema, connectorDocumentVersion, endpointDocument } from '../document-schema'
import { planConnector, planEndpoint, type ConnectorPlan, type EndpointPlan } from '../plan-connector'
import { readEndpoints } from '../read-connector-document'
import { chosenBatches, chosenItems, type ChosenItem } from './chosen-items'
import { FittingNames, type Named } from './fitting-names'
import { endpointOfItem, methodOfItem, type PartValue } from './item-parts'
import { mergeItem } from './merge-item'
import { readUpdateContext, type UpdateContext } from './read-context'

/** What an update makes of a connector: what was chosen, merged with what is here now. */
export type UpdateTarget = {
  /** Of methods and endpoints only those that change. */
  plan: ConnectorPlan
  methodKeys: string[]
  changes: PartChange[]
  /** Items of what is added, with the keys that the parts get. */
  added: { id: string; key: string }[]
}

/** Reads what was chosen, in the caller's transaction, which has the connector's lock. Null if the connector is gone. */
export async function readUpdateTarget(
  tx: WorkspaceTransaction,
  importId: string,
  connectorId: string,
): Promise<Result<UpdateTarget> | null> {
  const context = await readUpdateContext(tx, { importId, connectorId, chosenOnly: true })
  if (context === null) return null
  const reading = new TargetReading(tx, importId, context)
  return reading.read()
}

class TargetReading {
  readonly #added: UpdateTarget['added'] = []

  constructor(
    readonly tx: WorkspaceTransaction,
    readonly importId: string,
    readonly context: UpdateContext,
  ) {}

  async read(): Promise<Result<UpdateTarget>> {
    const details = await this.#details()
    const methods = await this.#methods()
    const document = connectorDocumentSchema.safeParse({
      ...details,
      ...{ patchbay: connectorDocumentVersion, methods: methods.changed, endpoints: [], schemas: {} },
    })
    if (!document.success) return contradiction(String(this.context.details.name))
    const plan = planConnector(document.data)
    if (!plan.ok) return plan
    const endpoints = await this.#endpoints(new Set(methods.keys))
    if (!endpoints.ok) return endpoints
    const changes = [
      ...compareParts(partsOfDetails(this.context.details), partsOfDetails(details)),
      ...methods.changes,
      ...endpoints.value.changes,
    ]
    return succeed({
      plan: { ...plan.value, key: this.context.key, endpoints: endpoints.value.plans },
      methodKeys: methods.keys,
      changes,
      added: this.#added,
    })
  }

  async #details(): Promise<PartValue> {
    const { details } = this.context
    const [item] = await chosenItems(this.tx, this.importId, 'connector')
    const merged = item && mergeItem(this.#paired(item), details, this.context)
    return merged ? ({ ...merged.value, key: this.context.key } as PartValue) : details
  }

  async #methods(): Promise<{ keys: string[]; changed: PartValue[]; changes: PartChange[] }> {
    const items = await chosenItems(this.tx, this.importId, 'method')
    const itemOf = new Map(items.map((item) => [item.partKey, item]))
    const changes: PartChange[] = []
    const names = await this.#names('method', this.context.methods as Named[])
    const [keys, changed]: [string[], PartValue[]] = [[], []]
    for (const here of this.context.methods) {
      const item = itemOf.get(here.key)
      const made = item ? this.#after(item, here) : here
      const after = made && names.fitting(here, made)
      if (after !== null) keys.push(here.key)
      if (sameJson(here, after)) continue
      if (after !== null) changed.push(after)
      changes.push(changeOf('method', here.key, here, after))
    }
    for (const item of items.filter(isNew)) {
      const key = this.context.keysNow.get(item.name)!
      const made = methodOfItem(item.definition, key, null)
      if (made === null) continue
      const after = names.fitting(null, named(made, item))
      keys.push(key)
      changed.push(after)
      changes.push(changeOf('method', key, null, after))
      this.#added.push({ id: item.id, key })
    }
    return { keys, changed, changes }
  }

  async #endpoints(methodKeys: ReadonlySet<string>): Promise<Result<{ plans: EndpointPlan[]; changes: PartChange[] }>> {
    const { tx, context } = this
    const { connectorId, methodRows } = context
    const rows = await tx.endpoint.findMany({ where: { connectorId }, select: { key: true, name: true } })
    const free = freeKeys(rows.map(({ key }) => key))
    const names = await this.#names('endpoint', rows)
    const keys = new Map([...context.keysNow].filter(([, key]) => methodKeys.has(key)))
    const [plans, changes]: [EndpointPlan[], PartChange[]] = [[], []]
    for await (const batch of chosenBatches(tx, this.importId, 'endpoint')) {
      const partKeys = batch.flatMap(({ partKey }) => partKey ?? [])
      const parts = (await readEndpoints(tx, connectorId, methodRows, partKeys)) as PartValue[]
      const hereOf = new Map(parts.map((part) => [part.key, part]))
      for (const item of batch) {
        const here = item.partKey === null ? null : (hereOf.get(item.partKey) ?? null)
        // Deleted since the comparison, by a person here.
        if (item.partKey !== null && here === null) continue
        const key = item.partKey ?? free.takeFree(keyOf(item))
        const made = here ? this.#after(item, here) : endpointOfItem(item.definition, { key, keys })
        const after = made && names.fitting(here, here === null ? named(made, item) : made)
        if (sameJson(here, after)) continue
        changes.push(changeOf('endpoint', key, here, after))
        if (here === null) this.#added.push({ id: item.id, key })
        if (after === null) continue
        const plan = planned(after, methodKeys)
        if (plan === null) return contradiction(item.name)
        if (!plan.ok) return { ok: false, error: { ...plan.error, message: `${item.name}: ${plan.error.message}` } }
        plans.push(plan.value)
      }
    }
    return succeed({ plans, changes: changes.sort(byText(({ key }) => key)) })
  }

  /** Null if it is removed. */
  #after(item: ChosenItem, here: PartValue): PartValue | null {
    if (item.change === 'removed') return null
    const merged = mergeItem(this.#paired(item), here, this.context)
    return merged ? ({ ...merged.value, key: here.key } as PartValue) : here
  }

  #paired({ kind, partKey, definition, takesDocument, before }: ChosenItem) {
    const base = kind === 'connector' ? this.context.base?.definition : before
    return {
      kind: kind as 'connector' | 'method' | 'endpoint',
      partKey: partKey!,
      definition,
      takesDocument,
      before: base,
    }
  }

  /** The names that are in use once what was chosen to be removed is gone. */
  async #names(kind: 'method' | 'endpoint', parts: readonly Named[]): Promise<FittingNames> {
    const removed = await this.tx.importItem.findMany({
      where: { importId: this.importId, kind, chosen: true, change: 'removed' },
      select: { partKey: true },
    })
    const gone = new Set(removed.map(({ partKey }) => partKey))
    return new FittingNames(parts.filter(({ key }) => !gone.has(key)).map(({ name }) => name))
  }
}

/** A connection document has keys; for other formats they are made of names. */
function keyOf({ definition, newName, name }: ChosenItem): string {
  const { key } = definition as { key?: string }
  return key ?? slugify(newName || name)
}

const isNew = ({ change, partKey }: ChosenItem) => change !== 'removed' && partKey === null

function named(part: PartValue, { name, newName }: ChosenItem): PartValue {
  return { ...part, name: newName || name }
}

function changeOf(
  kind: 'method' | 'endpoint',
  key: string,
  before: PartValue | null,
  after: PartValue | null,
): PartChange {
  return { kind, key, name: ((before ?? after) as { name?: string } | null)?.name ?? key, before, after }
}

function planned(part: PartValue, methodKeys: ReadonlySet<string>): Result<EndpointPlan> | null {
  const read = endpointDocument.safeParse(part)
  if (!read.success) return null
  const accepts = read.data.accepts.filter((key) => methodKeys.has(key))
  return planEndpoint({ ...read.data, key: part.key, accepts }, () => true)
}

function contradiction(name: string): Result<never> {
  return refuse(
    'invalid_input',
    `${name}: what the document says now and what was changed here do not fit together. Leave it out, or choose the document’s version.`,
  )
}
