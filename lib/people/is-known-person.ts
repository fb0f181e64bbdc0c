import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

/** Whether any workspace knows the address: whoever does needs no new password. */
export async function isKnownPerson(email: string): Promise<boolean> {
  return (await systemDb().user.findUnique({ where: { email }, select: { id: true } })) !== null
}
