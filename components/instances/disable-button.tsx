'use client'

import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { disableConnectorAction } from '@/lib/connectors/actions'
import { disableInstanceAction } from '@/lib/instances/actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type DisableButtonProps = { noun: 'instance' | 'connector'; id: string; name: string; size?: 'sm' }

/** *Disable*: asks for confirmation, and says how many shapes stop working. */
export function DisableButton({ noun, id, name, size }: DisableButtonProps) {
  const [question, setQuestion] = useState<string | null>(null)
  const [disableInstance, disablingInstance] = useAction(disableInstanceAction, unansweredResult)
  const [disableConnector, disablingConnector] = useAction(disableConnectorAction, unansweredResult)
  const disable = (confirmed: boolean) =>
    noun === 'instance'
      ? disableInstance({ instanceId: id, confirmed })
      : disableConnector({ connectorId: id, confirmed })
  const ask = async () => {
    const answer = await disable(false)
    if (answer.ok) return
    if (answer.error.code === 'confirmation_needed') setQuestion(answer.error.message)
    else toast.error(answer.error.message)
  }
  const confirm = async () => {
    const answer = await disable(true)
    if (!answer.ok) return answer.error.message
    toast.success(`“${name}” disabled`)
  }
  return (
    <>
      <Button
        size={size}
        aria-label={`Disable ${name}`}
        pending={(disablingInstance || disablingConnector) && question === null}
        onClick={ask}
      >
        Disable
      </Button>
      <ConfirmDialog
        title={`Disable ${name}?`}
        confirmLabel={`Disable ${noun}`}
        danger
        open={question !== null}
        onOpenChange={() => setQuestion(null)}
        onConfirm={confirm}
      >
        <p>
          {noun === 'instance'
            ? 'Nothing is sent with this instance until it is enabled again.'
            : 'Nothing is sent with any instance of this connector until it is enabled again.'}{' '}
          {question}
        </p>
      </ConfirmDialog>
    </>
  )
}
