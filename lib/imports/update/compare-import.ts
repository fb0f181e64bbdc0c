import 'server-only'
import { FreeNames } from '@/lib/domain/free-names'
import { foldName } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { ImportWork } from '../import-work'
import { definitionsOf } from './definitions-of'
import { earlierItems, recognisedBy, type Earlier } from './earlier-items'
import { matchItems, type Recognised } from './match-items'
import { mergeItem } from './merge-item'
import { readUpdateContext, type UpdateContext } from './read-context'
import { keysOf } from './key-kinds'
import { partsByKey, partsHere } from './parts-here'
import { countUses, markSame, writeComparisons, type Comparison } from './write-comparison'

/** Each batch blocks the process for some milliseconds. */
const batchSize = 40

/** The position of the first item that the document does not have any more. */
const afterAll = 1_000_000

type Item = Recognised & { change: string | null }
type Pair = { item: Item; base: Earlier | null; partKey: string }

/**
 * Compares what was read with the connector that it updates, and with what the document said before (three ways), and
 * stores for each item what an update would do. Most items are equal in both documents, which the database finds alone.
 * @param read the connector document without methods and endpoints, and the format of the document
 * @returns false if the connector does not exist any more
 */
export async function compareImport(
  work: ImportWork,
  connectorId: string,
  { definition, format }: { definition: object; format: string },
): Promise<boolean> {
  const { db, owner } = work
  const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { generation: true } })
  const context = await readUpdateContext(db, { ...owner, connectorId, chosenOnly: false })
  if (context === null || connector === null) return false
  await work.write({ basedOnId: context.base?.id ?? null, generation: connector.generation })
  await work.write({}, (tx) => addDetails(tx, work, context, definition))
  if (context.base !== null) await work.write({}, (tx) => markSame(tx, owner, context, { kind: 'method', shifted: [] }))
  await new KindComparison(work, context, 'method', format).run()
  // What endpoints accept is known once each method of the document has found the connector's.
  const linked = await readUpdateContext(db, { ...owner, connectorId, chosenOnly: false })
  if (linked === null) return false
  const same = { kind: 'endpoint' as const, shifted: shiftedNames(linked) }
  if (linked.base !== null) await work.write({}, (tx) => markSame(tx, owner, linked, same))
  await new KindComparison(work, linked, 'endpoint', format).run()
  await work.write({}, (tx) => countUses(tx, owner, connectorId))
  return true
}

/** Names of methods that meant another one before, so that what accepts them is not the same, word for word or not. */
function shiftedNames({ keysBefore, keysNow }: UpdateContext): string[] {
  return [...keysBefore].flatMap(([name, key]) => (keysNow.has(name) && keysNow.get(name) !== key ? [name] : []))
}

/** The details of the connector are an item, so that they are shown and left out like all others. */
async function addDetails(
  tx: WorkspaceTransaction,
  { owner }: ImportWork,
  context: UpdateContext,
  definition: object,
): Promise<void> {
  const name = 'Connector'
  const item = { kind: 'connector' as const, partKey: context.key, definition, before: context.base?.definition }
  const merged = mergeItem({ ...item, takesDocument: false }, context.details, context)
  await tx.importItem.create({
    data: {
      ...owner,
      ...{ id: newId(), kind: 'connector', position: 0, key: '', name, foldedName: name, definition },
      ...comparisonOf(merged),
      ...{ accepts: [], partKey: context.key },
    },
  })
}

function comparisonOf(merged: ReturnType<typeof mergeItem>) {
  const fields = merged?.fields ?? []
  const isMoved = fields.some(({ path }) => path.length === 1 && (path[0] === 'url' || path[0] === 'method'))
  const change = fields.length === 0 ? 'same' : isMoved ? 'moved' : 'changed'
  const conflicts = fields.filter(({ isConflict }) => isConflict).length
  return { change, conflicts, isLocal: merged?.isLocal ?? false } as const
}

/** The methods or the endpoints of a document. */
class KindComparison {
  constructor(
    readonly work: ImportWork,
    readonly context: UpdateContext,
    readonly kind: 'method' | 'endpoint',
    readonly format: string,
  ) {}

  async run(): Promise<void> {
    const here = await partsHere(this.work.db, this.context, this.kind)
    const items = await this.work.db.importItem.findMany({
      where: { importId: this.work.row.id, kind: this.kind, change: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: recognisedBy,
    })
    const { links, earlier } = await earlierItems(this.work, this.context, this.kind)
    const baseOf = matchItems(this.kind, items, earlier, keysOf(this.context.base?.format ?? '', this.format))
    const matched = new Set(baseOf.values())
    const isHere = new Map(here.map((part) => [part.key, part]))
    // What was never imported, such as endpoints that people have added, may be what the document now has too.
    const linked = new Set(links.flatMap(({ partKey }) => partKey ?? []))
    const own = here.filter((part) => !linked.has(part.key))
    const unmatched = items.filter((item) => !isHere.has(baseOf.get(item.id)?.partKey ?? ''))
    const ownOf = matchItems(this.kind, unmatched, own, 'different')
    const pairs = items.flatMap((item): Pair[] => {
      const base = baseOf.get(item.id) ?? null
      const own = ownOf.get(item.id)
      if (own) return [{ item, base: null, partKey: own.key }]
      const partKey = base?.partKey ?? ''
      return isHere.has(partKey) ? [{ item, base, partKey }] : []
    })
    const paired = new Set(pairs.map(({ item }) => item))
    const taken = new Set(here.map(({ name }) => foldName(name)))
    const names = namesOf(here, items)
    await this.#write(
      items
        .filter((item) => !paired.has(item))
        .map((item) => {
          const base = baseOf.get(item.id)
          const change = base ? ('left_out' as const) : ('added' as const)
          const newName = taken.has(foldName(item.name)) ? names.takeNumbered(item.name) : ''
          return { id: item.id, change, chosen: !base, baseId: base?.id ?? null, newName, ...nothing }
        }),
    )
    for (let start = 0; start < pairs.length; start += batchSize)
      await this.#write(await this.#compared(pairs.slice(start, start + batchSize)))
    await this.#addRemoved(
      earlier.filter((item) => !matched.has(item) && item.partKey !== null && isHere.has(item.partKey)),
      isHere,
    )
  }

  async #compared(pairs: readonly Pair[]): Promise<Comparison[]> {
    const ids = pairs.flatMap(({ item, base }) => (base ? [item.id, base.id] : [item.id]))
    const definitionOf = await definitionsOf(this.work.db, ids)
    const parts = await partsByKey(
      this.work.db,
      this.context,
      this.kind,
      pairs.map(({ partKey }) => partKey),
    )
    return pairs.flatMap(({ item, base, partKey }) => {
      const here = parts.get(partKey)
      if (!here) return []
      const merged = mergeItem(
        {
          ...{ kind: this.kind, partKey, takesDocument: false },
          definition: definitionOf.get(item.id),
          before: base ? definitionOf.get(base.id) : undefined,
        },
        here,
        this.context,
      )
      const links = { id: item.id, chosen: true, partKey, baseId: base?.id ?? null, newName: '' }
      return [{ ...links, ...comparisonOf(merged) }]
    })
  }

  /** Left unless a person chooses to remove it. */
  async #addRemoved(earlier: readonly Earlier[], here: ReadonlyMap<string, Recognised>): Promise<void> {
    for (let start = 0; start < earlier.length; start += batchSize)
      await this.#addRemovedBatch(earlier.slice(start, start + batchSize), start, here)
  }

  async #addRemovedBatch(
    batch: readonly Earlier[],
    start: number,
    here: ReadonlyMap<string, Recognised>,
  ): Promise<void> {
    const parts = await partsByKey(
      this.work.db,
      this.context,
      this.kind,
      batch.map(({ partKey }) => partKey!),
    )
    const definitionOf = await definitionsOf(
      this.work.db,
      batch.map(({ id }) => id),
    )
    await this.work.write({}, async (tx) => {
      await tx.importItem.createMany({
        data: batch.map(({ id: baseId, key, tag, partKey }, index) => {
          const id = newId()
          const { name, httpMethod, url } = here.get(partKey!)!
          const definition = definitionOf.get(baseId)
          const unchanged = { kind: this.kind, partKey: partKey!, definition, before: definition, takesDocument: false }
          const part = parts.get(partKey!)
          const { isLocal } = comparisonOf(part ? mergeItem(unchanged, part, this.context) : null)
          return {
            ...this.work.owner,
            ...{ id, kind: this.kind, key, name, tag, httpMethod, url, partKey, baseId, isLocal },
            // Names of items are unique, and the document may use this one again.
            ...{ foldedName: id, position: afterAll + start + index, definition: {} },
            ...{ accepts: [], change: 'removed' as const, chosen: false },
          }
        }),
      })
    })
  }

  async #write(comparisons: readonly Comparison[]): Promise<void> {
    const { work } = this
    for (let start = 0; start < comparisons.length; start += 500)
      await work.write({}, (tx) => writeComparisons(tx, work.owner, comparisons.slice(start, start + 500)))
  }
}

const nothing = { conflicts: 0, isLocal: false, partKey: null }

function namesOf(here: readonly Recognised[], items: readonly Recognised[]): FreeNames {
  const names = new FreeNames(foldName)
  for (const { name } of [...here, ...items]) names.take(name)
  return names
}
