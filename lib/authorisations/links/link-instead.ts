import 'server-only'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { succeed, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'
import { storeLink } from './store-link'

/** Instead of an authorisation, which only a person can begin: a link with the settings that the program sent. */
export async function linkInstead(
  context: Context,
  { instanceId, ...given }: { instanceId: string; settings: InstanceSettings; baseRevision: number },
): Promise<Result<{ redirectTo: string; linkId: string }>> {
  const link = await storeLink(context, { instanceId, returnTo: null, given })
  return link.ok ? succeed({ redirectTo: link.value.url, linkId: link.value.id }) : link
}
