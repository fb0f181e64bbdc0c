'use client'

import { Settings } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextareaField } from '@/components/forms/textarea-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { counted } from '@/lib/domain/counted'
import { deleteFlowAction, updateFlowAction } from '@/lib/flows/actions'
import type { FlowDetail } from '@/lib/flows/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Name and description of a flow, and its deletion. */
export function FlowSettingsDialog({ flow }: { flow: FlowDetail }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [deleteFlow] = useAction(deleteFlowAction, unansweredResult)
  const remove = async () => {
    const deleted = await deleteFlow({ flowId: flow.id, typedName: flow.name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${flow.name}” deleted`)
    router.push('/flows')
  }
  return (
    <Dialog
      title="Flow settings"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Settings aria-hidden />
          Flow settings
        </Button>
      }
    >
      <ActionForm
        action={updateFlowAction}
        guard={false}
        onDone={(done) => {
          setOpen(false)
          toast.success(done.message ?? 'Saved.')
        }}
      >
        <input type="hidden" name="flowId" value={flow.id} />
        <input type="hidden" name="revision" value={flow.revision} />
        <TextField name="name" label="Flow name" required maxLength={120} defaultValue={flow.name} />
        <TextareaField name="description" label="Description" maxLength={1000} defaultValue={flow.description} />
        <FormActions>
          <ConfirmDialog
            title={`Delete ${flow.name}?`}
            confirmLabel="Delete flow"
            typeToConfirm={flow.name}
            danger
            trigger={
              <Button variant="danger-quiet" className="mr-auto">
                Delete flow
              </Button>
            }
            onConfirm={remove}
          >
            <p>
              The flow and its {counted(flow.shapes.length, 'shape')} are removed. Instances and connectors stay. This
              cannot be undone.
            </p>
          </ConfirmDialog>
          <SubmitButton>Save flow</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
