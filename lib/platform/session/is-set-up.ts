import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

/** Whether the first person exists. Asked before anybody can be signed in: needs no permission. */
export async function isSetUp(): Promise<boolean> {
  return (await systemDb().user.findFirst({ select: { id: true } })) !== null
}
