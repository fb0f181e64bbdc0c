import { useRef, useState } from 'react'
import { useRouter } from 'next/navigation'
import { useAction } from '@/components/forms/use-action'
import { previewRevocationAction, revokeConnectorTokensAction } from '@/lib/instances/actions'
import type { RevocationPreview, RevocationResult } from '@/lib/instances/revocation-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type Revocation = {
  preview: RevocationPreview | null
  results: RevocationResult[]
  state: 'asking' | 'running' | 'stopped' | 'done'
  failure: string
}

const atFirst: Revocation = { preview: null, results: [], state: 'asking', failure: '' }

/** An instance that obtained a token after its first result is listed once, with its latest result. */
function merged(earlier: RevocationResult[], later: RevocationResult[]): RevocationResult[] {
  const answered = new Set(later.map(({ instanceId }) => instanceId))
  return [...earlier.filter(({ instanceId }) => !answered.has(instanceId)), ...later]
}

/**
 * Works through the instances of a connector, a few in each call. Closing the dialog stops it after the current call.
 */
export function useRevocation(connectorId: string) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [revocation, setRevocation] = useState(atFirst)
  /** Increases with each start and when the dialog opens or closes, so that results of an earlier run are not shown. */
  const run = useRef(0)
  const stoppedRun = useRef(0)
  const [readPreview] = useAction(previewRevocationAction, unansweredResult)
  const [revokeNext] = useAction(revokeConnectorTokensAction, unansweredResult)
  const patch = (next: Partial<Revocation>) => setRevocation((now) => ({ ...now, ...next }))

  const show = async (next: boolean) => {
    const mine = ++run.current
    setOpen(next)
    if (!next) return router.refresh()
    setRevocation(atFirst)
    const read = await readPreview({ connectorId })
    if (mine !== run.current) return
    patch(read.ok ? { preview: read.value } : { failure: read.error.message })
  }
  const start = async () => {
    const mine = ++run.current
    patch({ state: 'running', failure: '' })
    let after: string | null = ''
    while (after !== null && stoppedRun.current !== mine) {
      const revoked: Awaited<ReturnType<typeof revokeNext>> = await revokeNext({ connectorId, after })
      if (mine !== run.current) return
      if (!revoked.ok) return patch({ state: 'stopped', failure: revoked.error.message })
      const { results, next } = revoked.value
      setRevocation((now) => ({ ...now, results: merged(now.results, results) }))
      after = next
    }
    patch({ state: after === null ? 'done' : 'stopped' })
  }
  const stop = () => {
    stoppedRun.current = run.current
  }
  return { ...revocation, open, show, start, stop }
}
