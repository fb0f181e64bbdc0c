import 'server-only'
import type { Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Ask } from '../apply/applying'

/**
 * Collects the questions of all steps, and goes on as if each was confirmed, so that a person gets them together. What a
 * step has written before it asks is undone.
 * @param questions gets them; if there are any, the caller undoes the whole transaction
 */
export function askAll(tx: WorkspaceTransaction, questions: string[]): Ask {
  return async <Value>(about: string, step: (confirmed: boolean) => Promise<Result<Value>>) => {
    await tx.$executeRaw`SAVEPOINT asked`
    const result = await step(false)
    if (result.ok || result.error.code !== 'confirmation_needed') {
      await tx.$executeRaw`RELEASE SAVEPOINT asked`
      return result
    }
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT asked`
    await tx.$executeRaw`RELEASE SAVEPOINT asked`
    for (const question of result.error.message.split('\n')) questions.push(`${about}: ${question}`)
    return step(true)
  }
}
