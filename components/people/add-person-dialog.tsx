'use client'

import { useState } from 'react'
import { FormActions } from '@/components/forms/form-actions'
import { ResultForm } from '@/components/forms/result-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { RoleField } from '@/components/people/role-field'
import { ShownOnce } from '@/components/people/shown-once'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Role } from '@/lib/domain/access/roles'
import { invitePersonAction } from '@/lib/people/actions'
import type { LinkView } from '@/lib/people/views'

const read = (data: FormData) => ({ email: String(data.get('email')), role: data.get('role') as Role })

/** *Add person*: creates an invitation, and shows its link once. */
export function AddPersonDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const [link, setLink] = useState<LinkView | null>(null)
  if (link) {
    return (
      <Dialog
        open
        onOpenChange={onOpenChange}
        title="Invitation created"
        footer={
          <Button variant="primary" onClick={() => onOpenChange(false)}>
            Done
          </Button>
        }
      >
        <ShownOnce link={link} label="Copy invitation link" />
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Add person"
      description="You get a link for this person. It lets them choose their own name and password."
    >
      <ResultForm action={invitePersonAction} read={read} onDone={setLink}>
        <TextField
          name="email"
          label="Email"
          type="email"
          required
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <RoleField defaultValue="user" />
        <FormActions>
          <SubmitButton>Create invitation</SubmitButton>
        </FormActions>
      </ResultForm>
    </Dialog>
  )
}
