'use client'

import { useRouter } from 'next/navigation'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import { nameSome } from '@/lib/domain/names'
import { deleteEndpointAction } from '@/lib/endpoints/actions'
import type { EndpointDetail } from '@/lib/endpoints/views'

/** *Danger*: deleting an endpoint, refused while flows use it (rule R11). */
export function DeleteEndpoint({ endpoint }: { endpoint: EndpointDetail }) {
  const router = useRouter()
  const { flows, flowCount } = endpoint.usedBy
  const remove = async () => {
    const deleted = await deleteEndpointAction({ endpointId: endpoint.id, typedName: endpoint.name })
    if (!deleted.ok) return deleted.error.message
    router.push(`/connectors/${endpoint.connectorId}/endpoints`)
  }
  return (
    <Section title="Danger">
      {flowCount > 0 ? (
        <Alert title="This endpoint cannot be deleted while flows use it">
          Used by {nameSome(flows.map(({ name }) => name), flowCount)}. Choose another endpoint there first.
        </Alert>
      ) : (
        <div>
          <ConfirmDialog
            title={`Delete ${endpoint.name}?`}
            confirmLabel="Delete endpoint"
            typeToConfirm={endpoint.name}
            danger
            trigger={<Button variant="danger">Delete endpoint</Button>}
            onConfirm={remove}
          >
            <p>The endpoint, its parameters, variables and switches are removed. This cannot be undone.</p>
          </ConfirmDialog>
        </div>
      )}
    </Section>
  )
}
