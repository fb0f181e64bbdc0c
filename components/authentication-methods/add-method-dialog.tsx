'use client'

import { Plus } from 'lucide-react'
import type { AddMethodProps } from '@/components/authentication-methods/add-method'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import { useOpenPart } from '@/components/ui/use-open-part'

const addMethodPart = lazyPart(() => import('@/components/authentication-methods/add-method'))

/** The dialog of *Add new authentication method*: a form, and the ready-made methods of vendors. */
export function AddMethodDialog(props: AddMethodProps) {
  const [open, setOpen] = useOpenInAddress('add-method')
  const part = useOpenPart(addMethodPart, open, setOpen)
  return (
    <Dialog
      title="Add new authentication method"
      open={open}
      isLoading={part === null}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          Add new authentication method
        </Button>
      }
    >
      {part && <part.AddMethod {...props} />}
    </Dialog>
  )
}
