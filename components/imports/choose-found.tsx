'use client'

import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { counted } from '@/lib/domain/counted'
import { chooseImportItemsAction } from '@/lib/imports/import-actions'
import type { ImportItemFilter } from '@/lib/imports/import-line-filter'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ChooseFoundProps = {
  importId: string
  filter: Pick<ImportItemFilter, 'q' | 'tag' | 'method' | 'change' | 'conflicting'>
  found: number
  differing?: boolean
}

/** Chooses everything that the list has found, on all its pages. */
export function ChooseFound({ importId, filter, found, differing = false }: ChooseFoundProps) {
  const [choose, pending] = useAction(chooseImportItemsAction, unansweredResult)
  const all = async (chosen: boolean) => {
    const { q, tag, method, change, conflicting } = filter
    const answer = await choose({ importId, q, tag, method, change, conflicting, differing, chosen })
    if (!answer.ok) toast.error(answer.error.message)
  }
  // Of an update the list has more than is chosen together: what is removed, or was left out before.
  const what = differing ? 'all that are added or changed' : counted(found, 'endpoint')
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" pending={pending} onClick={() => void all(true)}>
        Choose {what}
      </Button>
      <Button size="sm" pending={pending} onClick={() => void all(false)}>
        {differing ? 'Leave out everything' : `Leave out ${what}`}
      </Button>
    </div>
  )
}
