'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Spinner } from '@/components/ui/spinner'
import { VariableQuestions } from '@/components/variables/variable-questions'
import { deleteVariableAction, listRemovalQuestionsAction } from '@/lib/variables/actions'
import type { VariableOwner, VariableView } from '@/lib/variables/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type RemoveVariableDialogProps = { owner: VariableOwner; revision: number; variable: VariableView; onClose: () => void }

/** Removes one variable, after saying what is removed with it. */
export function RemoveVariableDialog({ owner, revision, variable, onClose }: RemoveVariableDialogProps) {
  const { id, key, displayName } = variable
  const [questions, setQuestions] = useState<string[] | null>(null)
  const [deleteVariable] = useAction(deleteVariableAction, unansweredResult)
  const [listQuestions] = useAction(listRemovalQuestionsAction, unansweredResult)
  const list = useEffectEvent(() => listQuestions({ owner, variableId: id }))
  useEffect(() => {
    let left = false
    // An error here occurs again, and is shown, when the variable is removed.
    void list().then((result) => left || setQuestions(result.ok ? result.value : []))
    return () => void (left = true)
    // Not the owner: it is another object each time the page is read, such as after a save.
  }, [id])

  const remove = async () => {
    const result = await deleteVariable({
      owner,
      revision,
      variableId: id,
      confirmed: questions !== null && questions.length > 0,
    })
    if (result.ok) return void toast.success(`${displayName} removed`)
    if (result.error.code !== 'confirmation_needed') return result.error.message
    setQuestions(result.error.message.split('\n'))
    return 'More now uses this variable than when you opened this dialog. Review the list, then remove the variable.'
  }
  return (
    <ConfirmDialog
      title={`Remove ${displayName}?`}
      confirmLabel="Remove variable"
      danger
      open
      onOpenChange={(open) => !open && onClose()}
      onConfirm={remove}
    >
      <p>
        The variable <code>{`{{ ${key} }}`}</code> is removed from this definition.
      </p>
      {questions === null ? (
        <Spinner label="Checking what uses it" />
      ) : (
        questions.length > 0 && <VariableQuestions questions={questions} />
      )}
    </ConfirmDialog>
  )
}
