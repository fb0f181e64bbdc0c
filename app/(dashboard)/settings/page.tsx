import { InstallationFacts } from '@/components/settings/installation-facts'
import { OutboundPolicy } from '@/components/settings/outbound-policy'
import { getInstallation } from '@/lib/settings/get-installation'
import { getOutboundPolicy } from '@/lib/settings/get-outbound-policy'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const actor = await requireActor()
  const [policy, installation] = [await getOutboundPolicy(actor, {}), await getInstallation(actor, {})]
  // The layout says who may see this.
  if (!policy.ok || !installation.ok) return null
  return (
    <div className="grid max-w-4xl gap-8 [--label-width:13rem]">
      <OutboundPolicy policy={policy.value} />
      <InstallationFacts installation={installation.value} />
    </div>
  )
}
