'use client'

import { CircleQuestionMark } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'

/** Its examples are computed by the template language itself, which no page needs before somebody asks. */
const TemplateReference = dynamic(
  () => import('@/components/forms/template-reference').then((module) => module.TemplateReference),
  {
    loading: () => <Spinner />,
  },
)

/** A small button in every template editor: all filters and names, with examples. */
export function TemplateHelp() {
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
    <Dialog title="Filters and names" size="xl" trigger={trigger}>
      <TemplateReference />
    </Dialog>
  )
}
