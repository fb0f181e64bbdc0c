'use client'

import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { counted } from '@/lib/domain/counted'
import { endOtherSessionsAction } from '@/lib/people/actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

const count = (sessions: number) => counted(sessions, 'other session')

export function EndOtherSessions({ others }: { others: number }) {
  const [endOtherSessions] = useAction(endOtherSessionsAction, unansweredResult)
  const end = async () => {
    const result = await endOtherSessions({})
    if (!result.ok) return result.error.message
    toast.success(`Ended ${count(result.value.ended)}`)
  }
  return (
    <ConfirmDialog
      title={`End ${count(others)}?`}
      confirmLabel="End all other sessions"
      danger
      trigger={<Button size="sm">End all other sessions</Button>}
      onConfirm={end}
    >
      <p>You stay signed in here only. Unsaved changes elsewhere are lost.</p>
    </ConfirmDialog>
  )
}
