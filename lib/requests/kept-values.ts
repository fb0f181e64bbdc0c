import 'server-only'
import { seal } from '@/lib/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/db/client'
import { newId } from '@/lib/db/new-id'

type Place = { workspaceId: string; instanceId: string }

/** Stores values kept from a token answer or a callback (an instance URL, a realm id), sealed, over earlier ones of the same key. */
export async function keepValues(transaction: WorkspaceTransaction, { workspaceId, instanceId }: Place, kept: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(kept)) {
    const id = newId()
    const sealedValue = seal(value, { workspaceId, table: 'KeptValue', rowId: id, field: 'sealedValue' })
    await transaction.keptValue.deleteMany({ where: { instanceId, key } })
    await transaction.keptValue.create({ data: { id, workspaceId, instanceId, key, sealedValue } })
  }
}
