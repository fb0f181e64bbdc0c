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

/** In milliseconds; the client's own where nothing is said. */
export type TransactionOptions = { timeout?: number; maxWait?: number }

const attempts = 3

/** Two transactions waited for each other and the database gave this one up: nothing of it was done. */
function isGivenUp(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034'
}

/** Another transaction came in between; done again, the work sees what that one left, and says so in its own words. */
function isOvertaken(error: unknown): boolean {
  return isGivenUp(error) || isStillUsed(error) || isRowGone(error)
}

/**
 * Runs the work in one transaction. A refusal is an answer, not a crash, and leaves nothing behind. What another
 * transaction overtook is done again, so the work touches nothing outside it: a deletion whose row has come into use
 * asks once more who uses it (rule R11). A use of what is gone is refused as not found.
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
