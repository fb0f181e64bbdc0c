import 'server-only'
import type { Refusal, Result } from '@/lib/domain/result'
import type { WorkspaceDb, WorkspaceTransaction } from './client'
import { Prisma } from './generated/client'
import { plainSecretRefusal } from './plain-secret-refusal'
import { goneRefusal, isRowGone, isStillUsed } from './reference-violation'

class RolledBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code)
  }
}

/** In milliseconds; default: the client's own. */
export type TransactionOptions = { timeout?: number; maxWait?: number }

const attempts = 3

/** A deadlock: the database rolled this transaction back. */
function isGivenUp(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034'
}

/** A conflict with another transaction. A retry sees the result of the other one and reports it in its own words. */
function isOvertaken(error: unknown): boolean {
  return isGivenUp(error) || isStillUsed(error) || isRowGone(error)
}

/**
 * Runs the work in a transaction, which a refusal rolls back. After a conflict with another transaction the work is
 * retried, so it must have no effect outside the transaction: the deletion of a row that has come into use checks its
 * uses again (rule R11). A reference to a deleted row is refused as not found.
 */
export async function commitUnlessRefused<Value, Failure extends Refusal = Refusal>(
  db: WorkspaceDb,
  work: (transaction: WorkspaceTransaction) => Promise<Result<Value, Failure>>,
  options: TransactionOptions = {},
): Promise<Result<Value, Failure>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commit(db, work, options)
    } catch (error) {
      if (error instanceof RolledBack) return { ok: false, error: error.refusal as Failure }
      const refusal = plainSecretRefusal(error) ?? goneRefusal(error)
      if (refusal) return refusal as { ok: false; error: Failure }
      if (attempt === attempts || !isOvertaken(error)) throw error
    }
  }
}

function commit<Value, Failure extends Refusal>(
  db: WorkspaceDb,
  work: (transaction: WorkspaceTransaction) => Promise<Result<Value, Failure>>,
  options: TransactionOptions,
): Promise<Result<Value, Failure>> {
  return db.$transaction(async (transaction) => {
    const result = await work(transaction)
    if (!result.ok) throw new RolledBack(result.error)
    return result
  }, options)
}
