import 'server-only'
import type { Refusal, Result } from '@/lib/domain/result'
import type { WorkspaceDb, WorkspaceTransaction } from './client'
import { plainSecretRefusal } from './plain-secret-refusal'

class RolledBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code)
  }
}

/** Runs the work in one transaction. A refusal is an answer, not a crash, and leaves nothing behind. */
export async function commitUnlessRefused<Value>(
  db: WorkspaceDb,
  work: (transaction: WorkspaceTransaction) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await db.$transaction(async (transaction) => {
      const result = await work(transaction)
      if (!result.ok) throw new RolledBack(result.error)
      return result
    })
  } catch (error) {
    if (error instanceof RolledBack) return { ok: false, error: error.refusal }
    const refusal = plainSecretRefusal(error)
    if (refusal) return refusal
    throw error
  }
}
