'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'

type DeletionSectionProps = {
  /** "authentication method" */
  noun: string
  name: string
  /** What is deleted with it: "its variables and endpoints". */
  losses: string
  /** What prevents the deletion, and what to do about it; null when nothing does. */
  obstacle: ReactNode
  /** Returns why it was refused. */
  onDelete: () => Promise<string | void>
  /** Other actions that cannot be undone, shown above this one. */
  others?: ReactNode
}

/** *Danger*, the last section of an object's page: its name must be typed before it is deleted (rule R11). */
export function DeletionSection({ noun, name, losses, obstacle, onDelete, others }: DeletionSectionProps) {
  return (
    <Section title="Danger">
      {others}
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3">
        <p className="min-w-0 grow basis-72 break-words text-muted">
          {obstacle ?? `Deletes the ${noun} with ${losses}. This cannot be undone.`}
        </p>
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirmLabel={`Delete ${noun}`}
          typeToConfirm={name}
          danger
          trigger={<Button variant="danger-quiet">Delete {noun}</Button>}
          onConfirm={onDelete}
        >
          <p>
            The {noun} is deleted with {losses}. This cannot be undone.
          </p>
        </ConfirmDialog>
      </div>
    </Section>
  )
}
