'use client'

import { Plus } from 'lucide-react'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextareaField } from '@/components/forms/textarea-field'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import { createFlowAction } from '@/lib/flows/actions'

/** Opened by its button, or by an address that asks for it. */
export function NewFlowDialog() {
  const [open, setOpen] = useOpenInAddress('new-flow')
  return (
    <Dialog
      title="New flow"
      open={open}
      onOpenChange={setOpen}
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
          help="What it does, for the person on call."
        />
        <FormActions>
          <SubmitButton>Create flow</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
