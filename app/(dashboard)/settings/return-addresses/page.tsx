import { ReturnAddressesForm } from '@/components/settings/return-addresses-form'
import { requireActor } from '@/lib/platform/session/actor'
import { getWorkspaceSettings } from '@/lib/settings/get-workspace-settings'

export const metadata = { title: 'Return addresses' }

export default async function ReturnAddressesPage() {
  const settings = await getWorkspaceSettings(await requireActor(), {})
  // The layout says who may see this.
  if (!settings.ok) return null
  return <ReturnAddressesForm setting={settings.value.returnAddresses} />
}
