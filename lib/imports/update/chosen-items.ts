import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { definitionsOf } from './definitions-of'

/** As many items are read at once. */
const batchSize = 40

export type ChosenItem = {
  id: string
  kind: 'connector' | 'method' | 'endpoint' | 'schema'
  change: string | null
  partKey: string | null
  name: string
  newName: string
  definition: unknown
  baseId: string | null
  takesDocument: boolean
  /** Of the item of the last import. */
  before?: unknown
}

const columns = {
  ...({ id: true, kind: true, position: true, change: true, partKey: true, name: true, newName: true } as const),
  ...({ definition: true, baseId: true, takesDocument: true } as const),
}

/** What was chosen of an import and changes something, in the order of the document, a few at a time. */
export async function* chosenBatches(
  tx: WorkspaceTransaction,
  importId: string,
  kind: ChosenItem['kind'],
): AsyncGenerator<ChosenItem[]> {
  for (let after = -1; ;) {
    const items = await tx.importItem.findMany({
      where: { importId, kind, chosen: true, change: { not: 'same' }, position: { gt: after } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      take: batchSize,
      select: columns,
    })
    const last = items.at(-1)
    if (last === undefined) return
    after = last.position
    const definitionOf = await definitionsOf(
      tx,
      items.flatMap(({ baseId }) => baseId ?? []),
    )
    yield items.map((item) => ({ ...item, before: definitionOf.get(item.baseId ?? '') }))
  }
}

/** All of them at once, where there are few. */
export async function chosenItems(...given: Parameters<typeof chosenBatches>): Promise<ChosenItem[]> {
  return (await Array.fromAsync(chosenBatches(...given))).flat()
}
