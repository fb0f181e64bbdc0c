import { KeyRound } from 'lucide-react'
import { notFound } from 'next/navigation'
import { AddMethodDialog } from '@/components/authentication-methods/add-method-dialog'
import { ImportMethodDialog } from '@/components/connection-documents/import-method-dialog'
import { MethodList } from '@/components/authentication-methods/method-list'
import { typeFacts } from '@/components/authentication-methods/type-facts'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/section'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { getMethodEndpoints } from '@/lib/authentication-methods/get-method-endpoints'
import { listPresets } from '@/lib/imports/list-presets'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorOfPage, connectorTitle } from '../connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) =>
  connectorTitle(params, 'Authentication')

export default async function AuthenticationPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const [connector, methods, presets, endpoints] = await Promise.all([
    connectorOfPage(connectorId),
    listMethods(actor, { connectorId }),
    listPresets(actor, {}),
    getMethodEndpoints(actor, { connectorId }),
  ])
  if (!connector.ok || !methods.ok || !presets.ok || !endpoints.ok) notFound()
  const add = may(actor, 'change') ? (
    <>
      <ImportMethodDialog connectorId={connectorId} />
      <AddMethodDialog
        connectorId={connectorId}
        presets={presets.value}
        testEndpoints={endpoints.value.testEndpoints}
        types={typeFacts()}
      />
    </>
  ) : undefined
  if (methods.value.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No authentication methods yet" actions={add}>
        An authentication method describes how this API authenticates its callers. Add one for each way that your team
        uses. Each instance uses one method, and each endpoint accepts the methods that are switched on for it.
      </EmptyState>
    )
  }
  return (
    <Section
      title="Authentication methods"
      description="The ways to authenticate to this API. A new method is off on every endpoint."
      actions={add}
    >
      <MethodList connectorId={connectorId} methods={methods.value} endpoints={connector.value.endpoints} />
    </Section>
  )
}
