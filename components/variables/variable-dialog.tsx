'use client'

import { useState, type SyntheticEvent } from 'react'
import { toast } from '@/components/ui/toast'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { useAction } from '@/components/forms/use-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { readVariable } from '@/components/variables/variable-draft'
import { VariableFields } from '@/components/variables/variable-fields'
import { VariableQuestions } from '@/components/variables/variable-questions'
import type { Result } from '@/lib/domain/result'
import { doneForm, idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { createVariableAction, updateVariableAction } from '@/lib/variables/actions'
import type { VariableInput } from '@/lib/variables/schema'
import type { VariableOwner, VariableView } from '@/lib/variables/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type VariableDialogProps = {
  owner: VariableOwner
  revision: number
  /** Null adds a new one. */
  variable: VariableView | null
  open: boolean
  onOpenChange: (open: boolean) => void
}

// The dialog may be inside the form of a page: React passes its events on to that form, although the DOM does not.
const ofItsOwn = (event: SyntheticEvent) => event.stopPropagation()

/** Adds or edits one variable. What was typed stays if the server refuses it or asks for confirmation. */
export function VariableDialog({ owner, revision, variable, open, onOpenChange }: VariableDialogProps) {
  const [asked, setAsked] = useState<{ input: VariableInput; questions: string[] } | null>(null)
  const [updateVariable] = useAction(updateVariableAction, unansweredResult)
  const [createVariable] = useAction(createVariableAction, unansweredResult)
  const send = (input: VariableInput, confirmed: boolean): Promise<Result<unknown>> =>
    variable
      ? updateVariable({ owner, revision, variableId: variable.id, variable: input, confirmed })
      : createVariable({ owner, revision, variable: input, confirmed })
  const save = async (_previous: FormState, data: FormData): Promise<FormState> => {
    const input = readVariable(data, variable)
    const result = await send(input, false)
    if (result.ok) return doneForm()
    if (result.error.code !== 'confirmation_needed') return refusedForm(result.error)
    setAsked({ input, questions: result.error.message.split('\n') })
    return idleForm
  }
  const close = () => {
    onOpenChange(false)
    toast.success(variable ? 'Variable saved' : 'Variable added')
  }
  return (
    <Dialog
      title={variable ? `Edit ${variable.displayName}` : 'Add variable'}
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
    >
      <div onSubmit={ofItsOwn} onInput={ofItsOwn} onChange={ofItsOwn}>
        <ActionForm action={save} guard={false} onDone={close} aria-label={variable ? 'Edit variable' : 'Add variable'}>
          {variable?.locked && (
            <p className="text-sm text-muted">
              Required by this authentication type: it cannot be removed. You can change everything but its key and
              whether it is secret.
            </p>
          )}
          <VariableFields variable={variable} />
          <FormActions>
            <SubmitButton>{variable ? 'Save variable' : 'Add variable'}</SubmitButton>
          </FormActions>
        </ActionForm>
        <ConfirmDialog
          title={variable ? `Save the change to ${variable.displayName}?` : 'Add this variable?'}
          confirmLabel={variable ? 'Save variable' : 'Add variable'}
          open={asked !== null}
          onOpenChange={(stays) => !stays && setAsked(null)}
          onConfirm={async () => {
            const result = await send(asked!.input, true)
            if (!result.ok) return result.error.message
            close()
          }}
        >
          <VariableQuestions questions={asked?.questions ?? []} />
        </ConfirmDialog>
      </div>
    </Dialog>
  )
}
