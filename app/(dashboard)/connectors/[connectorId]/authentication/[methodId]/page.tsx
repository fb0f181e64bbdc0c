import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { DeleteMethod } from '@/components/authentication-methods/delete-method'
import { firstReadingOf } from '@/components/authentication-methods/first-reading'
import { SharedValues } from '@/components/authentication-methods/shared-values'
import { MethodSetup } from '@/components/authentication-methods/method-setup'
import { ExportMethodDialog } from '@/components/connection-documents/export-method-dialog'
import { MethodUsedBy } from '@/components/authentication-methods/method-used-by'
import { PageHeader } from '@/components/ui/page-header'
import { ConnectorVariableUses } from '@/components/variables/connector-variable-uses'
import { VariablesEditor } from '@/components/variables/variables-editor'
import { getMethodSetup } from '@/lib/authentication-methods/get-method-setup'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { may } from '@/lib/domain/access/actor'
import { describeType } from '@/lib/domain/authentication/describe-type'
import { redirectUriFor, redirectUris } from '@/lib/platform/redirect-uris'
import { getTrialEndpoint } from '@/lib/trials/get-trial-endpoint'
import { requireActor } from '@/lib/platform/session/actor'

type Params = {
  params: Promise<{ connectorId: string; methodId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const methodOfPage = cache(async (connectorId: string, methodId: string) =>
  getMethodSetup(await requireActor(), { connectorId, methodId }),
)

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { connectorId, methodId } = await params
  const setup = await methodOfPage(connectorId, methodId)
  if (!setup.ok) notFound()
  return { title: `${setup.value.method.name} · ${setup.value.method.connectorName}` }
}

export default async function MethodPage({ params, searchParams }: Params) {
  const actor = await requireActor()
  const { connectorId, methodId } = await params
  const setup = await methodOfPage(connectorId, methodId)
  const exported = await getMethodDocument(actor, { methodId })
  if (!setup.ok || !exported.ok) notFound()
  const { method, own, uses, shareable } = setup.value
  const canChange = may(actor, 'change')
  const owner = { level: 'method' as const, connectorId, ownerId: method.id }
  const { 'test-endpoint': endpointId } = await searchParams
  const tried = typeof endpointId === 'string' ? await getTrialEndpoint(actor, { endpointId }) : null
  const { configured } = redirectUriFor((await headers()).get('host') ?? '')
  const testUrl = tried?.ok ? tried.value.testUrl : null
  const now = new Date().toISOString()
  const type = describeType(method.type)
  const redirectUri = redirectUris()[0] ?? ''
  return (
    <div className="grid gap-3">
      <PageHeader
        title={method.name}
        actions={
          <>
            <MethodUsedBy method={method} />
            <ExportMethodDialog name={method.name} document={exported.value.document} />
          </>
        }
      />
      <MethodSetup
        setup={setup.value}
        type={type}
        firstReading={firstReadingOf({ setup: setup.value, type, testUrl, redirectUri, now })}
        now={now}
        redirectUris={{ uris: redirectUris(), configured }}
        canChange={canChange}
        canRun={may(actor, 'run')}
        testUrl={testUrl}
        authVariables={
          <div className="grid gap-8">
            <VariablesEditor owner={owner} revision={method.revision} variables={own} canChange={canChange} />
            <SharedValues
              methodId={method.id}
              revision={method.revision}
              variables={shareable}
              shared={method.sharedValues}
              canChange={canChange}
            />
          </div>
        }
        connectorVariables={
          <ConnectorVariableUses
            connectorId={connectorId}
            methodId={method.id}
            revision={method.revision}
            uses={uses}
            canChange={canChange}
          />
        }
      />
      {canChange && <DeleteMethod method={method} />}
    </div>
  )
}
