import { JobQueues } from '@/components/settings/job-queues'
import { WorkerList } from '@/components/settings/worker-list'
import { RefreshWhileVisible } from '@/components/ui/refresh-while-visible'
import { requireActor } from '@/lib/platform/session/actor'
import { listWorkers } from '@/lib/settings/list-workers'

export const metadata = { title: 'Workers' }

export default async function WorkersPage() {
  const listed = await listWorkers(await requireActor(), {})
  // The layout says who may see this.
  if (!listed.ok) return null
  const { version, workers, queues } = listed.value
  return (
    <div className="grid max-w-5xl gap-8">
      <RefreshWhileVisible seconds={5} />
      <WorkerList workers={workers} version={version} />
      <JobQueues queues={queues} />
    </div>
  )
}
