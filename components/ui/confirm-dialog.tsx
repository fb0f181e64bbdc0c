'use client'

import { useState, useTransition, type ReactElement, type ReactNode } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

type ConfirmDialogProps = {
  title: string
  /** What will happen, and what is affected. */
  children?: ReactNode
  /** A verb and the object: "Delete connector". */
  confirmLabel: string
  /** The name that must be typed before the button can be pressed. */
  typeToConfirm?: string
  danger?: boolean
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Returns a message when it was refused (the dialog stays open and shows it), or nothing (the dialog closes). */
  onConfirm: () => Promise<string | void>
}

export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  typeToConfirm,
  danger = false,
  trigger,
  open,
  onOpenChange,
  onConfirm,
}: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState('')
  const [pending, startTransition] = useTransition()
  const shown = open ?? ownOpen
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm.trim()

  const show = (next: boolean) => {
    setTyped('')
    setRefusal('')
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  const confirm = () => {
    if (!ready || pending) return
    startTransition(async () => {
      const message = await onConfirm()
      if (message) setRefusal(message)
      else show(false)
    })
  }

  return (
    <Dialog
      title={title}
      trigger={trigger}
      open={shown}
      onOpenChange={show}
      footer={
        <>
          <Button onClick={() => show(false)}>Cancel</Button>
          <Button variant={danger ? 'danger' : 'primary'} disabled={!ready} pending={pending} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {children}
        {refusal && <Alert tone="bad">{refusal}</Alert>}
        {typeToConfirm !== undefined && (
          <div className="grid gap-1.5">
            <Label htmlFor="type-to-confirm">
              Type <strong className="font-semibold break-all select-all">{typeToConfirm}</strong> to confirm
            </Label>
            <Input
              id="type-to-confirm"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && (event.preventDefault(), confirm())}
            />
          </div>
        )}
      </div>
    </Dialog>
  )
}
