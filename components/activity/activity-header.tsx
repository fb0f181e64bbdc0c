import Link from 'next/link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'

/** @param historyOf the one object whose changes are shown */
export function ActivityHeader({ historyOf = null }: { historyOf?: string | null }) {
  return (
    <>
      <PageHeader title="Activity" description="Who changed what, and every request that left this server. Secrets are removed before anything is written." />
      <LinkTabs
        label="Activity"
        exact
        tabs={[
          { href: '/activity', label: 'Requests' },
          { href: '/activity/changes', label: 'Changes' },
        ]}
      />
      {historyOf !== null && (
        <p className="text-muted">
          History of <strong className="font-medium text-foreground">{historyOf}</strong>.{' '}
          <Link href="/activity/changes" className="underline underline-offset-2">
            Show all changes
          </Link>
        </p>
      )}
    </>
  )
}
