import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

/** Whether the first person exists. Needs no permission, because it is checked before anybody can sign in. */
export async function isSetUp(): Promise<boolean> {
  return (await systemDb().user.findFirst({ select: { id: true } })) !== null
}
