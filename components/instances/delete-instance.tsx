'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { DeletionSection } from '@/components/ui/deletion-section'
import { nameSome } from '@/lib/domain/names'
import { deleteInstanceAction } from '@/lib/instances/actions'
import type { InstanceDetail } from '@/lib/instances/views'

/** Rule R11: only an instance that no flow uses can go. */
export function DeleteInstance({ instance }: { instance: Pick<InstanceDetail, 'id' | 'name' | 'usedBy'> }) {
  const router = useRouter()
  const { id, name, usedBy } = instance
  const remove = async () => {
    const deleted = await deleteInstanceAction({ instanceId: id, typedName: name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${deleted.value.name}” deleted`)
    router.replace('/connectors')
  }
  const flows = nameSome(usedBy.flows.map((flow) => flow.name), usedBy.flowCount)
  return (
    <DeletionSection
      noun="instance"
      name={name}
      losses="its credentials, tokens and certificate"
      obstacle={usedBy.flowCount === 0 ? null : `Used by ${flows}. Choose another instance there first; until then the instance cannot be deleted.`}
      onDelete={remove}
    />
  )
}
