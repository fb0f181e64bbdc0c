import Link from 'next/link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'

type ActivityHeaderProps = {
  view: 'requests' | 'changes'
  /** The one object that the list is narrowed to, by name. */
  only: string | null
}

const words = {
  requests: { only: 'Requests of', all: 'Show all requests', href: '/activity' },
  changes: { only: 'History of', all: 'Show all changes', href: '/activity/changes' },
}

export function ActivityHeader({ view, only }: ActivityHeaderProps) {
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who changed what, and every request that left this server. Secrets are removed before anything is written."
      />
      <LinkTabs
        label="Activity"
        exact
        tabs={[
          { href: '/activity', label: 'Requests' },
          { href: '/activity/changes', label: 'Changes' },
        ]}
      />
      {only !== null && (
        <p className="break-words text-muted">
          {words[view].only} <strong className="font-medium text-foreground">{only}</strong>.{' '}
          <Link href={words[view].href} className="rounded-sm text-accent-text underline underline-offset-2">
            {words[view].all}
          </Link>
        </p>
      )}
    </>
  )
}
