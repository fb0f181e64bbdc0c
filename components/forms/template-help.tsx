'use client'

import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'

/** Its examples need the whole template language. */
const referencePart = lazyPart(() => import('@/components/forms/template-reference'))

/** A small button in every template editor: all filters and names, with examples. */
export function TemplateHelp() {
  const [open, setOpen] = useState(false)
  const reference = useOpenPart(referencePart, open, setOpen)
  const trigger = (
    <button
      type="button"
      aria-label="Filters and names"
      title="Filters and names"
      className="grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-foreground"
    >
      <CircleQuestionMark aria-hidden className="size-3.5" />
    </button>
  )
  return (
    <Dialog
      title="Filters and names"
      size="xl"
      trigger={trigger}
      open={open}
      isLoading={reference === null}
      onOpenChange={setOpen}
    >
      {reference && <reference.TemplateReference />}
    </Dialog>
  )
}
