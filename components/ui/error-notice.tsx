'use client'

import { CircleX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** A bug, not a refusal: says so, names what the log calls it, and tries again. */
export function ErrorNotice({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
  return (
    <EmptyState
      icon={CircleX}
      title="Something went wrong"
      actions={
        <Button variant="primary" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      <h1 className="sr-only">Error</h1>
      <p>
        The page could not be shown. Nothing was changed by this. If it happens again, tell the person who runs this
        server{digest === null ? '.' : ':'}
      </p>
      {digest !== null && (
        <p className="mt-1">
          the log calls it <code>{digest}</code>.
        </p>
      )}
    </EmptyState>
  )
}
