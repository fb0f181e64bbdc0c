'use client'

import { useRouter } from 'next/navigation'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { DeletionSection } from '@/components/ui/deletion-section'
import { deleteMethodAction } from '@/lib/authentication-methods/actions'
import type { MethodDetail } from '@/lib/authentication-methods/views'
import { counted } from '@/lib/domain/counted'
import { nameSome } from '@/lib/domain/names'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Rule R11: only a method without instances can be deleted. */
export function DeleteMethod({ method }: { method: MethodDetail }) {
  const router = useRouter()
  const [deleteMethod] = useAction(deleteMethodAction, unansweredResult)
  const { instances, instanceCount, enabledEndpoints } = method.usedBy
  const remove = async () => {
    const deleted = await deleteMethod({ methodId: method.id, typedName: method.name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${method.name}” deleted`)
    router.replace(`/connectors/${method.connectorId}/authentication`)
  }
  const names = nameSome(
    instances.map(({ name }) => name),
    instanceCount,
  )
  return (
    <DeletionSection
      noun="authentication method"
      name={method.name}
      losses={`its variables and its switches on ${counted(enabledEndpoints, 'endpoint')}`}
      obstacle={
        instanceCount === 0
          ? null
          : `Used by ${names}. Delete ${instanceCount === 1 ? 'that instance' : 'those instances'} first; until then the method cannot be deleted.`
      }
      onDelete={remove}
    />
  )
}
