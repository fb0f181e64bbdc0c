'use client'

import { useRouter } from 'next/navigation'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { DeletionSection } from '@/components/ui/deletion-section'
import { nameSome } from '@/lib/domain/names'
import { deleteInstanceAction } from '@/lib/instances/actions'
import type { InstanceDetail } from '@/lib/instances/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type Deleted = Extract<Awaited<ReturnType<typeof deleteInstanceAction>>, { ok: true }>['value']

/**
 * If tokens are still valid at the third party, somebody has to revoke them there, so the message stays until it is
 * closed.
 */
function tell({ name, revocation }: Deleted) {
  if (revocation === null) return toast.success(`“${name}” deleted`)
  if (revocation.revoked) return toast.success(`“${name}” deleted, and its tokens revoked at ${revocation.host}`)
  return toast.warning(`“${name}” deleted, but its tokens could not be revoked at ${revocation.host}`, {
    description: `${revocation.reason} Revoke them there by hand.`,
    duration: Number.POSITIVE_INFINITY,
  })
}

/** Rule R11: only an instance that no flow uses can be deleted. */
export function DeleteInstance({
  instance,
}: {
  instance: Pick<InstanceDetail, 'id' | 'name' | 'usedBy' | 'connector' | 'method' | 'token'>
}) {
  const router = useRouter()
  const [deleteInstance] = useAction(deleteInstanceAction, unansweredResult)
  const { id, name, usedBy, connector, method, token } = instance
  const tokens = method.revokes && token ? `tokens (they are revoked at ${connector.name} too)` : 'tokens'
  const remove = async () => {
    const deleted = await deleteInstance({ instanceId: id, typedName: name })
    if (!deleted.ok) return deleted.error.message
    tell(deleted.value)
    router.replace('/connectors')
  }
  const flows = nameSome(
    usedBy.flows.map((flow) => flow.name),
    usedBy.flowCount,
  )
  return (
    <DeletionSection
      noun="instance"
      name={name}
      losses={`its credentials, ${tokens} and certificate`}
      obstacle={
        usedBy.flowCount === 0
          ? null
          : `Used by ${flows}. Choose another instance there first; until then the instance cannot be deleted.`
      }
      onDelete={remove}
    />
  )
}
