import { Timeline } from '@/components/instances/timeline/timeline'
import { listTimeline } from '@/lib/activity/timeline/list-timeline'
import type { Actor } from '@/lib/domain/access/actor'
import type { InstanceDetail } from '@/lib/instances/views'

type InstanceTimelineProps = { actor: Actor; instance: InstanceDetail; after: string }

/** Only read while its tab is selected. */
export async function InstanceTimeline({ actor, instance: { id, connector }, after }: InstanceTimelineProps) {
  const found = await listTimeline(actor, { instanceId: id, after })
  if (!found.ok) return <p className="text-muted">{found.error.message}</p>
  const href = `/instances/${id}?tab=timeline`
  return <Timeline timeline={found.value} href={href} isFirstPage={after === ''} connectorName={connector.name} />
}
