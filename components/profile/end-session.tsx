'use client'

import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { endSessionAction } from '@/lib/people/actions'
import type { SessionView } from '@/lib/people/session-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

export function EndSession({ session: { id, device, address } }: { session: SessionView }) {
  const [endSession] = useAction(endSessionAction, unansweredResult)
  const where = address === null ? device : `${device} (${address})`
  const end = async () => {
    const result = await endSession({ sessionId: id })
    if (!result.ok) return result.error.message
    toast.success('Session ended')
  }
  return (
    <ConfirmDialog
      title="End this session?"
      confirmLabel="End session"
      danger
      trigger={
        <Button size="sm" aria-label={`End session: ${where}`}>
          End session
        </Button>
      }
      onConfirm={end}
    >
      <p className="break-words">
        {where} is signed out at once, and has to sign in again. Unsaved changes there are lost.
      </p>
    </ConfirmDialog>
  )
}
