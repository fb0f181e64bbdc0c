import 'server-only'
import type { WorkspaceTransaction } from './client'

/**
 * Serialises transactions that lock the same name, until each of them ends.
 * @param name what is locked, with the id it belongs to: `origins:<connector id>`
 */
export async function lockUntilCommit(tx: WorkspaceTransaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
}
