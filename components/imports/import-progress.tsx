'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Spinner } from '@/components/ui/spinner'
import { useLiveEvents } from '@/components/ui/use-live-events'
import type { ImportProgress as Progress } from '@/lib/imports/import-views'

const sentences: Partial<Record<Progress['state'], string>> = {
  uploading: 'The file is still being uploaded.',
  waiting: 'The document is read in a moment.',
  reading: 'The document is being read.',
  importing: 'The connector is being written.',
}

/** How far the work is, live. The page is read again when the work is over. */
export function ImportProgress({ importId, progress }: { importId: string; progress: Progress }) {
  const router = useRouter()
  const [shown, setShown] = useState(progress)
  useLiveEvents(`/connectors/import/${importId}/events`, (data) => {
    const next = data as Progress
    setShown(next)
    if (next.state !== shown.state) router.refresh()
  })
  const { state, done, total } = shown
  return (
    <div className="grid max-w-md gap-3 rounded-lg border bg-surface p-4" role="status">
      <p className="flex items-center gap-2">
        <Spinner />
        {sentences[state] ?? 'Almost done.'}
      </p>
      {state === 'reading' && total > 0 && (
        <>
          <progress aria-label="Read so far" className="w-full" max={total} value={done} />
          <p className="tabular text-sm text-muted">
            {done.toLocaleString('en-GB')} of {total.toLocaleString('en-GB')}
          </p>
        </>
      )}
      <p className="text-sm text-muted">You can leave this page and come back.</p>
    </div>
  )
}
