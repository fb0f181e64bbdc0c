'use client'

import { ChevronsUpDown, CircleUser, LogOut, SquareTerminal } from 'lucide-react'
import { useState } from 'react'
import { ThemeChoice } from '@/components/frame/theme-choice'
import { WorkspaceSwitcher } from '@/components/frame/workspace-switcher'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Popover } from '@/components/ui/popover'
import type { OwnWorkspace } from '@/lib/people/views'
import { signOutAction } from '@/lib/platform/session/actions'

type PersonMenuProps = {
  name: string
  email: string
  role: string
  workspaceName: string
  /** Without the current one. */
  otherWorkspaces: OwnWorkspace[]
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

const entryClass = 'w-full justify-start! px-2!'
const links = [
  { href: '/profile', label: 'Profile', Icon: CircleUser },
  { href: '/api', label: 'API', Icon: SquareTerminal },
] as const

export function PersonMenu({ name, email, role, workspaceName, otherWorkspaces }: PersonMenuProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="You and this workspace"
      className="w-64 p-3"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-subtle text-xs font-semibold text-accent-text"
          >
            {initials(name)}
          </span>
          <span className="min-w-0 grow leading-4">
            <span className="block truncate text-sm font-medium">{workspaceName}</span>
            <span className="block truncate text-xs text-muted">{name}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <div className="grid gap-3">
        <div className="min-w-0">
          <p className="truncate font-medium">{name}</p>
          <p className="truncate text-sm text-muted">{email}</p>
          <p className="truncate text-sm text-muted">
            {role} in {workspaceName}
          </p>
        </div>
        <WorkspaceSwitcher workspaces={otherWorkspaces} onSwitch={() => setOpen(false)} />
        <ThemeChoice />
        <div className="grid gap-1 border-t pt-3">
          {links.map(({ href, label, Icon }) => (
            <ButtonLink key={href} href={href} variant="ghost" className={entryClass} onClick={() => setOpen(false)}>
              <Icon aria-hidden />
              {label}
            </ButtonLink>
          ))}
          <form action={signOutAction}>
            <Button type="submit" variant="ghost" className={entryClass}>
              <LogOut aria-hidden />
              Sign out
            </Button>
          </form>
        </div>
      </div>
    </Popover>
  )
}
