'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { VariableQuestions } from '@/components/variables/variable-questions'
import { deleteVariableAction } from '@/lib/variables/actions'
import type { VariableOwner, VariableView } from '@/lib/variables/views'

type RemoveVariableDialogProps = { owner: VariableOwner; revision: number; variable: VariableView; onClose: () => void }

/** Removes one variable. The first try tells what would be lost; only then is it asked for good. */
export function RemoveVariableDialog({ owner, revision, variable, onClose }: RemoveVariableDialogProps) {
  const [questions, setQuestions] = useState('')
  const remove = async () => {
    const result = await deleteVariableAction({ owner, revision, variableId: variable.id, confirmed: questions !== '' })
    if (result.ok) return void toast.success(`${variable.displayName} removed`)
    if (result.error.code !== 'confirmation_needed') return result.error.message
    setQuestions(result.error.message)
    return 'Look at what goes with it, then remove it once more.'
  }
  return (
    <ConfirmDialog
      title={`Remove ${variable.displayName}?`}
      confirmLabel={questions === '' ? 'Remove variable' : 'Remove it with its values'}
      danger
      open
      onOpenChange={(open) => !open && onClose()}
      onConfirm={remove}
    >
      {questions === '' ? <p>The variable {`{{ ${variable.key} }}`} is removed from this definition.</p> : <VariableQuestions questions={questions} />}
    </ConfirmDialog>
  )
}
