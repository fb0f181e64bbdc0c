import { notFound } from 'next/navigation'
import { MethodSwitches } from '@/components/enablement/method-switches'
import { CloneEndpointDialog } from '@/components/endpoints/clone-endpoint-dialog'
import { DeleteEndpoint } from '@/components/endpoints/delete-endpoint'
import { EndpointSetup } from '@/components/endpoints/endpoint-setup'
import { EndpointUsedBy } from '@/components/endpoints/endpoint-used-by'
import { Button } from '@/components/ui/button'
import { UpLink } from '@/components/ui/up-link'
import { VariablesEditor } from '@/components/variables/variables-editor'
import { may } from '@/lib/domain/access/actor'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { requireActor } from '@/lib/platform/session/actor'
import { listVariables } from '@/lib/variables/list-variables'

export const metadata = { title: 'Endpoint setup' }

export default async function EndpointPage({
  params,
}: {
  params: Promise<{ connectorId: string; endpointId: string }>
}) {
  const actor = await requireActor()
  const { connectorId, endpointId } = await params
  const owner = { level: 'endpoint' as const, connectorId, ownerId: endpointId }
  const [found, switches, variables, types] = await Promise.all([
    getEndpoint(actor, { connectorId, endpointId }),
    listMethodSwitches(actor, { endpointId }),
    listVariables(actor, owner),
    listEntityTypes(actor, { connectorId }),
  ])
  if (!found.ok || !switches.ok || !variables.ok || !types.ok) notFound()
  const endpoint = found.value
  const canChange = may(actor, 'change')
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <UpLink href={`/connectors/${connectorId}/endpoints`} label="All endpoints" current={endpoint.name} />
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          <EndpointUsedBy endpoint={endpoint} />
          {canChange && (
            <CloneEndpointDialog
              endpointId={endpoint.id}
              name={endpoint.name}
              trigger={
                <Button size="sm" aria-label={`Clone ${endpoint.name}`}>
                  Clone
                </Button>
              }
            />
          )}
        </div>
      </div>
      <EndpointSetup
        key={endpoint.id}
        endpoint={endpoint}
        entityTypes={types.value.map(({ entityType }) => entityType).filter((entityType) => entityType !== '')}
        canChange={canChange}
        canRun={may(actor, 'run')}
        variablesTab={
          <VariablesEditor
            owner={owner}
            revision={endpoint.revision}
            variables={variables.value}
            canChange={canChange}
          />
        }
        authenticationTab={
          <MethodSwitches
            connectorId={connectorId}
            endpointId={endpoint.id}
            endpointName={endpoint.name}
            switches={switches.value}
            canChange={canChange}
          />
        }
      />
      {canChange && <DeleteEndpoint endpoint={endpoint} />}
    </div>
  )
}
