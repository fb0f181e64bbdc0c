import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { SecretBook } from '@/lib/domain/secret-book'

type InstanceRef = { workspaceId: string; instanceId: string }

/**
 * A value of an answer or a callback that is kept under a variable's key (an instance URL, a realm ID, a further
 * token).
 */
export type NewStoredValue = { key: string; value: string; secret: boolean; expiresAt: Date | null }

/** Those of the values that nobody may see. */
export function addSecretsAmong(
  stored: readonly Pick<NewStoredValue, 'value' | 'secret'>[],
  secrets: SecretBook,
): void {
  for (const { value, secret } of stored) if (secret) secrets.addWhole(value)
}

/** Stores kept values, sealed, over earlier ones of the same key. */
export async function keepValues(
  transaction: WorkspaceTransaction,
  { workspaceId, instanceId }: InstanceRef,
  stored: readonly NewStoredValue[],
): Promise<void> {
  for (const { key, value, secret, expiresAt } of stored) {
    const id = newId()
    const sealedValue = seal(value, { workspaceId, table: 'KeptValue', rowId: id, field: 'sealedValue' })
    await transaction.keptValue.deleteMany({ where: { instanceId, key } })
    await transaction.keptValue.create({ data: { id, workspaceId, instanceId, key, sealedValue, secret, expiresAt } })
  }
}

/**
 * Stores what came with other tokens in place of all that came with the earlier ones.
 * @param except keys whose earlier values stay, because nobody could look them up this time
 */
export async function replaceStoredValues(
  transaction: WorkspaceTransaction,
  instanceRef: InstanceRef,
  stored: readonly NewStoredValue[],
  except: readonly string[] = [],
): Promise<void> {
  await transaction.keptValue.deleteMany({ where: { instanceId: instanceRef.instanceId, key: { notIn: [...except] } } })
  await keepValues(transaction, instanceRef, stored)
}
