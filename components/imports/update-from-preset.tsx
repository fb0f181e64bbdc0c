'use client'

import { useRouter } from 'next/navigation'
import { useAction } from '@/components/forms/use-action'
import { toast } from '@/components/ui/toast'
import { updateFromPresetAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Begins to compare a connector with the newer ready-made one, and leads to the comparison. */
export function UpdateFromPreset({ connectorId }: { connectorId: string }) {
  const router = useRouter()
  const [start, pending] = useAction(updateFromPresetAction, unansweredResult)
  const begin = async () => {
    const answer = await start({ connectorId })
    if (answer.ok) router.push(`/connectors/import/${answer.value.id}`)
    else toast.error(answer.error.message)
  }
  return (
    <button
      type="button"
      className="font-medium text-accent-text hover:underline"
      aria-busy={pending}
      onClick={() => void begin()}
    >
      Update available: see what changes
    </button>
  )
}
