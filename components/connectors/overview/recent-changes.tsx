import Link from 'next/link'
import { ChangeList } from '@/components/activity/change-list'
import { Section } from '@/components/ui/section'
import type { AuditLine } from '@/lib/activity/views'

/** The latest changes of a connector, its methods, variables and endpoints. */
export function RecentChanges({ connectorId, changes }: { connectorId: string; changes: AuditLine[] }) {
  return (
    <Section title="Recent changes">
      <ChangeList changes={changes} />
      <Link
        href={`/activity/changes?object=connector&of=${connectorId}`}
        className="justify-self-start text-accent-text hover:underline"
      >
        Show all changes of the connector
      </Link>
    </Section>
  )
}
