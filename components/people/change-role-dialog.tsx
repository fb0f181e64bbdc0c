'use client'

import { FormActions } from '@/components/forms/form-actions'
import { ResultForm } from '@/components/forms/result-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { RoleField } from '@/components/people/role-field'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import type { Role } from '@/lib/domain/access/roles'
import { changeRoleAction } from '@/lib/people/actions'
import type { PersonView } from '@/lib/people/views'

export function ChangeRoleDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { id, name, isSelf, role } = person
  const done = () => {
    toast.success(`Role of ${name} changed`)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Change role of ${name}`}
      description={
        isSelf
          ? 'You are signed out everywhere in this workspace and sign in with the new role.'
          : `${name} is signed out of this workspace and signs in with the new role. Their API keys may do no more than the new role.`
      }
    >
      <ResultForm
        action={changeRoleAction}
        read={(data) => ({ userId: id, role: data.get('role') as Role })}
        onDone={done}
      >
        <RoleField defaultValue={role} />
        <FormActions>
          <SubmitButton>Change role</SubmitButton>
        </FormActions>
      </ResultForm>
    </Dialog>
  )
}
