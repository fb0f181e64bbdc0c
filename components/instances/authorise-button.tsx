'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'

type AuthoriseButtonProps = {
  label: 'Authorise' | 'Authorise again'
  pending: boolean
  onAuthorise: () => void
  /**
   * Where to authorise instead, if the browser uses an address that is not configured; null if it uses a configured
   * one.
   */
  authoriseAt: string | null
}

/** Leads to the third party, which only sends people back to a configured address. */
export function AuthoriseButton({ label, pending, onAuthorise, authoriseAt }: AuthoriseButtonProps) {
  const reason = useId()
  if (authoriseAt === null) {
    return (
      <Button pending={pending} onClick={onAuthorise}>
        {label}
      </Button>
    )
  }
  return (
    <span className="grid max-w-72 justify-items-end gap-1">
      <Button disabled aria-describedby={reason}>
        {label}
      </Button>
      <span id={reason} className="text-right text-sm text-muted">
        Not possible at this address, which is not configured.{' '}
        <a href={authoriseAt} className="underline underline-offset-2">
          Continue at {new URL(authoriseAt).host}
        </a>
      </span>
    </span>
  )
}
