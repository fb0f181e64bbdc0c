import { Compass } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata = { title: 'Not found' }

export default function DashboardNotFound() {
  return (
    <div className="mx-auto grid w-full max-w-xl py-16">
      <EmptyState
        icon={Compass}
        title="Page not found"
        actions={<ButtonLink href="/connectors">Go to connectors</ButtonLink>}
      >
        <h1 className="sr-only">Not found</h1>
        It may have been deleted, or the link is incomplete.
      </EmptyState>
    </div>
  )
}
