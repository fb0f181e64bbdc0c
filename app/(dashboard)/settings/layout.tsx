import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { SettingsSections } from '@/components/settings/settings-sections'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'

/** The sections of *Settings*. Each page asks an operation, which decides by itself who may see it. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const canAdminister = may(actor, 'administer')
  return (
    <div className="grid gap-6">
      <PageHeader title="Settings" />
      {canAdminister ? (
        <>
          <SettingsSections />
          {children}
        </>
      ) : (
        <EmptyState icon={Lock} title="Settings are for administrators">
          People, API keys, network policy, addresses and encryption keys are shown to administrators of the workspace.
        </EmptyState>
      )}
    </div>
  )
}
