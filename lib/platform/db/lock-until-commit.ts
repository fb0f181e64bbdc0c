import 'server-only'
import type { WorkspaceTransaction } from './client'

/**
 * Lets the transactions that lock the same name follow each other; the lock ends with the transaction.
 * @param name what is locked, with the id it belongs to: `origins:<connector id>`
 */
export async function lockUntilCommit(tx: WorkspaceTransaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
}
