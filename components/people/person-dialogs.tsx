'use client'

import type { PersonAction } from '@/components/people/person-actions'
import { ChangeRoleDialog } from '@/components/people/change-role-dialog'
import { RemovePersonDialog } from '@/components/people/remove-person-dialog'
import { ResetLinkDialog } from '@/components/people/reset-link-dialog'
import type { PersonView } from '@/lib/people/views'

const dialogs = { role: ChangeRoleDialog, reset: ResetLinkDialog, remove: RemovePersonDialog }

/** What opens when an administrator chooses something for a person. Loaded when the page is used. */
export function PersonDialog({
  action,
  person,
  onClose,
}: {
  action: PersonAction
  person: PersonView
  onClose: () => void
}) {
  const Chosen = dialogs[action]
  return <Chosen person={person} onClose={onClose} />
}
