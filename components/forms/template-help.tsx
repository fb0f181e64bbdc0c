'use client'

import { CircleQuestionMark } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'

/** Its examples are computed by the template language itself, which no page needs before somebody asks. */
const TemplateReference = dynamic(() => import('@/components/forms/template-reference').then((module) => module.TemplateReference), {
  loading: () => <Spinner />,
})

/** A small button in every template editor: all filters and names, with examples. */
export function TemplateHelp() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-label="Filters and names"
        title="Filters and names"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-foreground"
      >
        <CircleQuestionMark aria-hidden className="size-3.5" />
      </button>
      {open && (
        <Dialog title="Filters and names" size="xl" open onOpenChange={setOpen}>
          <TemplateReference />
        </Dialog>
      )}
    </>
  )
}
