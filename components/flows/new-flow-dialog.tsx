'use client'

import { Plus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextareaField } from '@/components/forms/textarea-field'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { createFlowAction } from '@/lib/flows/actions'

/** Opened by its button, or by an address that asks for it. */
export function NewFlowDialog() {
  const isAsked = useSearchParams().has('new')
  const [open, setOpen] = useState(false)
  const show = (next: boolean) => {
    setOpen(next)
    if (!next && isAsked) window.history.replaceState(null, '', '/flows')
  }
  return (
    <Dialog
      title="New flow"
      open={open || isAsked}
      onOpenChange={show}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          New flow
        </Button>
      }
    >
      <ActionForm action={createFlowAction} guard={false}>
        <TextField name="name" label="Flow name" required autoFocus maxLength={120} />
        <TextareaField
          name="description"
          label="Description"
          maxLength={1000}
          help="What it does, for whoever is on call."
        />
        <FormActions>
          <SubmitButton>Create flow</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
