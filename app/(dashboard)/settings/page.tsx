import { Lock } from 'lucide-react'
import { InstallationFacts } from '@/components/settings/installation-facts'
import { OutboundPolicy } from '@/components/settings/outbound-policy'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { getOutboundPolicy } from '@/lib/settings/get-outbound-policy'
import { getInstallation } from '@/lib/settings/get-installation'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const actor = await requireActor()
  const [policy, installation] = [await getOutboundPolicy(actor, {}), await getInstallation(actor, {})]
  return (
    <div className="grid max-w-4xl gap-8 [--label-width:13rem]">
      <PageHeader title="Settings" />
      {policy.ok && installation.ok ? (
        <>
          <OutboundPolicy policy={policy.value} />
          <InstallationFacts installation={installation.value} />
        </>
      ) : (
        <EmptyState icon={Lock} title="Settings are for administrators">
          Network policy, addresses and encryption keys are shown to administrators of the workspace.
        </EmptyState>
      )}
    </div>
  )
}
