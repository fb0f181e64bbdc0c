import Link from 'next/link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'

/** @param historyOf the name of the object, if only its changes are listed */
export function ActivityHeader({ historyOf = null }: { historyOf?: string | null }) {
  return (
    <>
      <PageHeader
        title="Activity"
        description="Every request to a third party, and every change with who made it. Secrets are redacted before anything is stored."
      />
      <LinkTabs
        label="Activity"
        exact
        tabs={[
          { href: '/activity', label: 'Requests' },
          { href: '/activity/changes', label: 'Changes' },
        ]}
      />
      {historyOf !== null && (
        <p className="break-words text-muted">
          History of <strong className="font-medium text-foreground">{historyOf}</strong>.{' '}
          <Link href="/activity/changes" className="rounded-sm text-accent-text underline underline-offset-2">
            Show all changes
          </Link>
        </p>
      )}
    </>
  )
}
