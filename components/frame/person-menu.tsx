'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
import { ThemeChoice } from '@/components/frame/theme-choice'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { signOutAction } from '@/lib/platform/session/actions'
import type { Theme } from '@/lib/platform/session/theme-cookie'

type PersonMenuProps = { name: string; email: string; role: string; workspaceName: string; theme: Theme }

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

export function PersonMenu({ name, email, role, workspaceName, theme }: PersonMenuProps) {
  return (
    <Popover
      label="You and this workspace"
      className="w-64"
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
        <ThemeChoice theme={theme} />
        <form action={signOutAction} className="border-t pt-3">
          <Button type="submit" variant="ghost" className="w-full justify-start px-2">
            <LogOut aria-hidden />
            Sign out
          </Button>
        </form>
      </div>
    </Popover>
  )
}
