'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { Checkbox } from '@/components/ui/checkbox'
import { toast } from '@/components/ui/toast'
import { chooseImportItemsAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ChooseBoxProps = {
  importId: string
  /** What it chooses: one item, or all endpoints of a tag. */
  filter: { itemId: string } | { tag: string }
  /** "Import List orders". */
  label: string
  chosen: boolean
  /** Some of several are chosen. */
  isPartial?: boolean
}

/** A choice that is stored at once, and shown before it is. */
export function ChooseBox({ importId, filter, label, chosen, isPartial = false }: ChooseBoxProps) {
  const [wanted, setWanted] = useState(chosen)
  const [choose, pending] = useAction(chooseImportItemsAction, unansweredResult)
  const change = async (next: boolean) => {
    setWanted(next)
    const answer = await choose({ importId, ...filter, chosen: next })
    if (!answer.ok) toast.error(answer.error.message)
  }
  return (
    <Checkbox
      aria-label={label}
      checked={pending ? wanted : chosen}
      indeterminate={!pending && isPartial}
      onChange={(event) => void change(event.target.checked)}
    />
  )
}
