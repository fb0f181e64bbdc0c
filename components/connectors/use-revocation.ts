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

/** Works through the instances of a connector, a few in each call. Closing the dialog stops after the present call. */
export function useRevocation(connectorId: string) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [revocation, setRevocation] = useState(atFirst)
  const stopping = useRef(false)
  const [readPreview] = useAction(previewRevocationAction, unansweredResult)
  const [revokeNext] = useAction(revokeConnectorTokensAction, unansweredResult)
  const patch = (next: Partial<Revocation>) => setRevocation((now) => ({ ...now, ...next }))

  const show = async (next: boolean) => {
    stopping.current = true
    setOpen(next)
    if (!next) return router.refresh()
    setRevocation(atFirst)
    const read = await readPreview({ connectorId })
    patch(read.ok ? { preview: read.value } : { failure: read.error.message })
  }
  const start = async () => {
    stopping.current = false
    patch({ state: 'running', failure: '' })
    let after: string | null = ''
    while (after !== null && !stopping.current) {
      const revoked: Awaited<ReturnType<typeof revokeNext>> = await revokeNext({ connectorId, after })
      if (!revoked.ok) return patch({ state: 'stopped', failure: revoked.error.message })
      const { results, next } = revoked.value
      setRevocation((now) => ({ ...now, results: [...now.results, ...results] }))
      after = next
    }
    patch({ state: after === null ? 'done' : 'stopped' })
  }
  const stop = () => {
    stopping.current = true
  }
  return { ...revocation, open, show, start, stop }
}
