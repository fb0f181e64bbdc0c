'use client'

import { CircleX, Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** What a page shows instead of itself when it failed: a bug, or a database that is away. */
export function ErrorNotice({ error, retry }: { error: unknown; retry: () => void }) {
  return useIsServerReady() ? <BugNotice error={error} retry={retry} /> : <DatabaseNotice />
}

const askEveryMs = 3_000

/** Loads the page again once a server that was not ready is. */
function useIsServerReady(): boolean {
  const [isReady, setIsReady] = useState(true)
  useEffect(() => {
    let wasReady = true
    const ask = async () => {
      // eslint-disable-next-line no-restricted-syntax -- a request of the browser to our own server, not to a third party
      const response = await fetch('/health/ready').catch(() => null)
      if (response?.ok && !wasReady) location.reload()
      wasReady = response?.ok ?? false
      setIsReady(wasReady)
      if (wasReady) clearInterval(timer)
    }
    const timer = setInterval(() => void ask(), askEveryMs)
    void ask()
    return () => clearInterval(timer)
  }, [])
  return isReady
}

function DatabaseNotice() {
  return (
    <EmptyState icon={Unplug} title="The database cannot be reached">
      <h1 className="sr-only">The database cannot be reached</h1>
      <p role="status">
        The server or its database does not respond. This page loads again by itself as soon as they do. If it takes
        longer than a minute, tell the person who runs this server.
      </p>
    </EmptyState>
  )
}

/** A bug: says so, names what the log calls it, and tries again. */
function BugNotice({ error, retry }: { error: unknown; retry: () => void }) {
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
