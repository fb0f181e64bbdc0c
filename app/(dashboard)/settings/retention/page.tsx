import { RetentionForm } from '@/components/settings/retention-form'
import { StoredData } from '@/components/settings/stored-data'
import { requireActor } from '@/lib/platform/session/actor'
import { getWorkspaceSettings } from '@/lib/settings/get-workspace-settings'

export const metadata = { title: 'Retention' }

export default async function RetentionPage() {
  const settings = await getWorkspaceSettings(await requireActor(), {})
  // The layout says who may see this.
  if (!settings.ok) return null
  const { retention } = settings.value
  return (
    <div className="grid max-w-4xl gap-8 [--label-width:13rem]">
      <StoredData retention={retention} />
      <RetentionForm setting={retention} />
    </div>
  )
}
