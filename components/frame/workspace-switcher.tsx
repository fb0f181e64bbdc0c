'use client'

import { ArrowLeftRight } from 'lucide-react'
import { useLeave } from '@/components/forms/unsaved-changes'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { switchWorkspaceAction } from '@/lib/people/actions'
import type { OwnWorkspace } from '@/lib/people/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The other workspaces of the person. Nothing for most people, who are in one. */
export function WorkspaceSwitcher({ workspaces, onSwitch }: { workspaces: OwnWorkspace[]; onSwitch: () => void }) {
  const leave = useLeave()
  const [switchWorkspace, pending] = useAction(switchWorkspaceAction, unansweredResult)
  const switchTo = async (workspaceId: string) => {
    const answer = await switchWorkspace({ workspaceId })
    // Success ends in a redirect.
    if (!answer.ok) toast.error(answer.error.message)
  }
  if (workspaces.length === 0) return null
  return (
    <section aria-labelledby="other-workspaces" className="grid gap-1 border-t pt-3">
      <h2 id="other-workspaces" className="px-2 text-xs font-medium text-faint">
        Switch workspace
      </h2>
      <ul className="max-h-60 overflow-y-auto">
        {workspaces.map(({ id, name }) => (
          <li key={id}>
            <Button
              variant="ghost"
              className="w-full justify-start! px-2!"
              disabled={pending}
              onClick={() => {
                onSwitch()
                leave(() => void switchTo(id))
              }}
            >
              <ArrowLeftRight aria-hidden />
              <span className="truncate">{name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
