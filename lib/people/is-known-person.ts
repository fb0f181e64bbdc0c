import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

/** Whether a person with this email is in any workspace. If so, no new password is needed. */
export async function isKnownPerson(email: string): Promise<boolean> {
  return (await systemDb().user.findUnique({ where: { email }, select: { id: true } })) !== null
}
