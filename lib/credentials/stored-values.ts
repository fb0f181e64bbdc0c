import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { SecretBook } from '@/lib/domain/secret-book'

type InstanceRef = { workspaceId: string; instanceId: string }

/**
 * A value from a response or a callback that is stored under a variable's key (an instance URL, a realm ID, another
 * token).
 */
export type NewStoredValue = { key: string; value: string; secret: boolean; expiresAt: Date | null }

/** Adds those of the values that are secret. */
export function addSecretsAmong(
  stored: readonly Pick<NewStoredValue, 'value' | 'secret'>[],
  secrets: SecretBook,
): void {
  for (const { value, secret } of stored) if (secret) secrets.addWhole(value)
}

/** Stores values, sealed. They replace earlier ones with the same key. */
export async function storeValues(
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
 * Replaces all values that came with earlier tokens by those that came with new ones.
 * @param except keys whose earlier values stay, because they could not be looked up this time
 */
export async function replaceStoredValues(
  transaction: WorkspaceTransaction,
  instanceRef: InstanceRef,
  stored: readonly NewStoredValue[],
  except: readonly string[] = [],
): Promise<void> {
  await transaction.keptValue.deleteMany({ where: { instanceId: instanceRef.instanceId, key: { notIn: [...except] } } })
  await storeValues(transaction, instanceRef, stored)
}
