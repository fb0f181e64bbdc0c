'use client'

import { useRouter } from 'next/navigation'
import { useAction } from '@/components/forms/use-action'
import { toast } from '@/components/ui/toast'
import { refuse } from '@/lib/domain/result'
import { checkInstanceAction } from '@/lib/instances/actions'

const unanswered = (said = 'The server could not be reached, or failed. Try again.') => refuse('unexpected', said)

/** *Check now* from anywhere: a message shows the result, with a link to the instance. */
export function useCheckInstance() {
  const router = useRouter()
  const [checkInstance] = useAction(checkInstanceAction, unanswered)
  return async ({ id, name, href }: { id: string; name: string; href: string }) => {
    toast.info(`Checking ${name}…`, { id })
    const result = await checkInstance({ instanceId: id })
    const isAccepted = result.ok && result.value.outcome === 'accepted'
    toast[isAccepted ? 'success' : 'warning'](`${name}: ${result.ok ? result.value.message : result.error.message}`, {
      id,
      action: { label: 'Open', onClick: () => router.push(href) },
    })
  }
}
