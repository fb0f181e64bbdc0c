import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { PartChange, PartKind } from './document-parts'
import type { Target } from './target'

/**
 * Runs a step that may need an answer before it changes something, such as that credentials go to another host.
 * @param about what the question is about: `Endpoint “List orders”`
 */
export type Ask = <Value>(about: string, step: (confirmed: boolean) => Promise<Result<Value>>) => Promise<Result<Value>>

/** What each step needs. All of them work in the caller's transaction, which holds the connector's lock. */
export type Applying = {
  context: Context
  tx: WorkspaceTransaction
  target: Target
  ask: Ask
  /** The changes of a kind that are made: what is left out of the document counts only if it is removed. */
  changesOf: (kind: PartKind) => PartChange[]
}

/** Says which part of the document a refusal is about. */
export function about(part: string, name: string, result: { ok: false; error: Refusal }) {
  return refuse(result.error.code, `${part} “${name}”: ${result.error.message}`, 'document')
}
