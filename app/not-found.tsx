import { Compass } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-[70dvh] w-full max-w-xl content-center px-4">
      <EmptyState
        icon={Compass}
        title="Page not found"
        actions={<ButtonLink href="/connectors">Go to connectors</ButtonLink>}
      >
        <h1 className="sr-only">Not found</h1>
        It may have been deleted, or the link is incomplete.
      </EmptyState>
    </main>
  )
}
