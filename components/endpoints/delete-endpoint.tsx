'use client'

import { useRouter } from 'next/navigation'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { DeletionSection } from '@/components/ui/deletion-section'
import { nameSome } from '@/lib/domain/names'
import { deleteEndpointAction } from '@/lib/endpoints/actions'
import type { EndpointDetail } from '@/lib/endpoints/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Rule R11: only an endpoint that no flow uses can be deleted. */
export function DeleteEndpoint({ endpoint }: { endpoint: EndpointDetail }) {
  const router = useRouter()
  const [deleteEndpoint] = useAction(deleteEndpointAction, unansweredResult)
  const { flows, flowCount } = endpoint.usedBy
  const remove = async () => {
    const deleted = await deleteEndpoint({ endpointId: endpoint.id, typedName: endpoint.name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${endpoint.name}” deleted`)
    router.replace(`/connectors/${endpoint.connectorId}/endpoints`)
  }
  const names = nameSome(
    flows.map(({ name }) => name),
    flowCount,
  )
  return (
    <DeletionSection
      noun="endpoint"
      name={endpoint.name}
      losses="its parameters, variables and switches"
      obstacle={
        flowCount === 0
          ? null
          : `Used by ${names}. Choose another endpoint there first; until then the endpoint cannot be deleted.`
      }
      onDelete={remove}
    />
  )
}
