import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { repeatableMs } from './repeatable-for'

export async function deleteOldIdempotencyKeys(now: Date): Promise<void> {
  await systemDb().idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - repeatableMs) } } })
}
