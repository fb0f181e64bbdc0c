import { NewKeyForm } from '@/components/api-keys/new-key-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Create API key' }

export default async function NewApiKeyPage() {
  // The layout says who may see this.
  if (!may(await requireActor(), 'administer')) return null
  return (
    <div className="grid gap-4">
      <Breadcrumbs items={[{ label: 'API keys', href: '/settings/api-keys' }, { label: 'Create API key' }]} />
      <NewKeyForm />
    </div>
  )
}
