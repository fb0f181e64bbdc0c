import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { partKinds } from './document-parts'

export const partChanges = { added: 'added', changed: 'changed', removed: 'removed', left: 'left' } as const

/** One difference between a connector and a document. `left`: not in the document, and it stays. */
export const partChange = z.strictObject({
  change: z.enum(keysOf(partChanges)),
  kind: z.enum(partKinds),
  /** Empty for the parameters of a connector. */
  key: z.string(),
  name: z.string(),
})
export type PartChangeView = z.infer<typeof partChange>

/** How many differences of each kind there are. */
export const changeTotals = z.strictObject({ added: z.int(), changed: z.int(), removed: z.int(), left: z.int() })
export type ChangeTotals = z.infer<typeof changeTotals>

export function totalsOf(changes: readonly Pick<PartChangeView, 'change'>[]): ChangeTotals {
  const totals = { added: 0, changed: 0, removed: 0, left: 0 }
  for (const { change } of changes) totals[change] += 1
  return totals
}

export const comparedDocument = z.strictObject({
  /** Null: the connector would be created. */
  connectorId: z.uuid().nullable(),
  key: z.string(),
  name: z.string(),
  /** Of the connector as it is; null if it does not exist yet. */
  documentHash: z.string().nullable(),
  totals: changeTotals,
  /** Of an import the first ones: what would be made goes before what would be left. */
  changes: z.array(
    partChange.extend({
      /** The part before and after as YAML, for the first changes; null if the part is new or removed. */
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})

export type ComparedDocument = z.infer<typeof comparedDocument>

export const appliedDocument = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  created: z.boolean(),
  totals: changeTotals,
  /** Of an import the first ones. */
  changes: z.array(partChange),
  /** Of the connector's document now. */
  documentHash: z.string(),
  /** Addresses to which nothing is sent before an administrator has confirmed them. */
  pendingOrigins: z.array(z.string()),
})
export type AppliedDocument = z.infer<typeof appliedDocument>

/** What became of an import that applies its document. */
export const importApplication = z.strictObject({
  removeOthers: z.boolean(),
  /** What applying it would change; null unless its state is `compared`. */
  comparison: comparedDocument.nullable(),
  /** The code of the refusal, if it could not be applied; `failure` says it in words. */
  refusal: z.string().nullable(),
  /** What was changed; null until it was applied. */
  applied: appliedDocument.nullable(),
})
