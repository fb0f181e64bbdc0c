import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { MethodSwitches } from '@/components/enablement/method-switches'
import { CloneEndpointDialog } from '@/components/endpoints/clone-endpoint-dialog'
import { DeleteEndpoint } from '@/components/endpoints/delete-endpoint'
import { EndpointSchemas } from '@/components/endpoints/endpoint-schemas'
import { EndpointSetup } from '@/components/endpoints/endpoint-setup'
import { EndpointUsedBy } from '@/components/endpoints/endpoint-used-by'
import { Button } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { VariablesEditor } from '@/components/variables/variables-editor'
import { may } from '@/lib/domain/access/actor'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { getEndpointSchemas } from '@/lib/endpoints/get-endpoint-schemas'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { requireActor } from '@/lib/platform/session/actor'
import { listVariables } from '@/lib/variables/list-variables'

type EndpointPageProps = { params: Promise<{ connectorId: string; endpointId: string }> }

const endpointOfPage = cache(async (connectorId: string, endpointId: string) =>
  getEndpoint(await requireActor(), { connectorId, endpointId }),
)

export async function generateMetadata({ params }: EndpointPageProps): Promise<Metadata> {
  const { connectorId, endpointId } = await params
  const found = await endpointOfPage(connectorId, endpointId)
  if (!found.ok) notFound()
  return { title: `${found.value.name} · ${found.value.connectorName}` }
}

export default async function EndpointPage({ params }: EndpointPageProps) {
  const actor = await requireActor()
  const { connectorId, endpointId } = await params
  const owner = { level: 'endpoint' as const, connectorId, ownerId: endpointId }
  const [found, switches, variables, types, schemas] = await Promise.all([
    endpointOfPage(connectorId, endpointId),
    listMethodSwitches(actor, { endpointId }),
    listVariables(actor, owner),
    listEntityTypes(actor, { connectorId }),
    getEndpointSchemas(actor, { connectorId, endpointId }),
  ])
  if (!found.ok || !switches.ok || !variables.ok || !types.ok || !schemas.ok) notFound()
  const endpoint = found.value
  const canChange = may(actor, 'change')
  return (
    <div className="grid gap-3">
      <PageHeader
        title={endpoint.name}
        actions={
          <>
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
          </>
        }
      />
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
      <EndpointSchemas {...schemas.value} />
      {canChange && <DeleteEndpoint endpoint={endpoint} />}
    </div>
  )
}
