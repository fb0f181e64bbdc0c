'use client'

import { Ellipsis, KeyRound, UserCog, UserMinus } from 'lucide-react'
import { DropdownMenu, type MenuItem } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import type { PersonView } from '@/lib/people/views'

export type PersonAction = 'role' | 'reset' | 'remove'

type PersonMenuProps = { person: PersonView; onChoose: (action: PersonAction) => void }

/** What an administrator can do with a person. One's own password is changed in the profile. */
export function PersonMenu({ person, onChoose }: PersonMenuProps) {
  const reset: MenuItem = { label: 'Create reset link', icon: KeyRound, onSelect: () => onChoose('reset') }
  const items: MenuItem[] = [
    { label: 'Change role', icon: UserCog, onSelect: () => onChoose('role') },
    ...(person.isSelf ? [] : [reset]),
    'separator',
    { label: 'Remove', icon: UserMinus, danger: true, onSelect: () => onChoose('remove') },
  ]
  return (
    <DropdownMenu
      trigger={
        <IconButton label={`Actions for ${person.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
      items={items}
    />
  )
}
