import 'server-only'
import { isReturnAddress, returnAddressWith, type ReturnOutcome } from '@/lib/domain/urls/return-address'
import { workspaceDb } from '@/lib/platform/db/client'
import { getSetting } from '@/lib/settings/get-setting'

/**
 * Whether the browser may go there: the address equals an entry of the workspace's setting now. A restricted key cannot
 * read settings, so the workspace's own client does.
 */
export async function mayReturnTo(workspaceId: string, address: string): Promise<boolean> {
  return isReturnAddress(await getSetting(workspaceDb(workspaceId), 'returnAddresses'), address)
}

/**
 * Where the browser goes at the end of a link: its return address, with the outcome. Null for a link without one, and if
 * an administrator has removed the address from the setting since.
 */
export async function returnAddressOf(
  workspaceId: string,
  link: { id: string; returnTo: string | null } | null,
  state: ReturnOutcome['state'],
): Promise<string | null> {
  if (link === null || link.returnTo === null || !(await mayReturnTo(workspaceId, link.returnTo))) return null
  return returnAddressWith(link.returnTo, { linkId: link.id, state })
}
