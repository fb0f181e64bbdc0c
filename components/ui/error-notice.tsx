'use client'

import { CircleX, Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Shown instead of a page that failed because of a bug or an unreachable database. */
export function ErrorNotice({ error, retry }: { error: unknown; retry: () => void }) {
  return useIsServerReady() ? <BugNotice error={error} retry={retry} /> : <DatabaseNotice />
}

const askEveryMs = 3_000

/** Reloads the page as soon as a server that was not ready becomes ready. */
function useIsServerReady(): boolean {
  const [isReady, setIsReady] = useState(true)
  useEffect(() => {
    let wasReady = true
    const ask = async () => {
      // eslint-disable-next-line no-restricted-syntax -- a request from the browser to our own server
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

/** For a bug: shows the digest under which the log has it, and a button to try again. */
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
