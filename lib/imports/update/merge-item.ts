import type { UpdateContext } from './read-context'
import { detailsOfItem, endpointOfItem, methodOfItem, type PartValue } from './item-parts'
import { mergeParts, type Merged } from './merge-parts'

/** An item of an update, with what the document said before. */
export type UpdateItem = {
  kind: 'connector' | 'method' | 'endpoint'
  /** The key of the part that the connector has. */
  partKey: string
  /** Of the item of the document. */
  definition: unknown
  /** Undefined: it was never imported. */
  before: unknown
  takesDocument: boolean
}

function named(part: PartValue | null, { name }: PartValue): PartValue | null {
  return part && { ...part, name }
}

/** Null if this version of Patchbay cannot read the item. */
export function mergeItem(item: UpdateItem, here: PartValue, context: UpdateContext): Merged | null {
  const now = partOf(item, item.definition, here, { ...context, keys: context.keysNow })
  if (now === null) return null
  const before =
    item.before === undefined ? null : partOf(item, item.before, here, { ...context, keys: context.keysBefore })
  return mergeParts(before ?? undefined, here, now, item.takesDocument)
}

function partOf(
  { kind, partKey }: UpdateItem,
  definition: unknown,
  here: PartValue,
  { key, keys }: { key: string; keys: ReadonlyMap<string, string> },
): PartValue | null {
  // People have named the connector when they imported it, so a document does not rename it.
  if (kind === 'connector') return named(detailsOfItem(definition, key), here)
  if (kind === 'method') return methodOfItem(definition, partKey, here)
  return endpointOfItem(definition, { key: partKey, keys })
}
