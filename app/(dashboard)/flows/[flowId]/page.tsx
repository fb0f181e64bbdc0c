import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ShapePanel } from '@/components/connection-shape/shape-panel'
import { FlowBuilder } from '@/components/flows/flow-builder'
import { FlowSettingsDialog } from '@/components/flows/flow-settings-dialog'
import { PageHeader } from '@/components/ui/page-header'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { may } from '@/lib/domain/access/actor'
import { getFlow } from '@/lib/flows/get-flow'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

type FlowPageProps = { params: Promise<{ flowId: string }>; searchParams: Promise<SearchParams> }

const flowOfPage = cache(async (flowId: string) => getFlow(await requireActor(), { flowId }))

export async function generateMetadata({ params }: FlowPageProps): Promise<Metadata> {
  const flow = await flowOfPage((await params).flowId)
  if (!flow.ok) notFound()
  return { title: flow.value.name }
}

export default async function FlowPage({ params, searchParams }: FlowPageProps) {
  const actor = await requireActor()
  const [{ flowId }, search] = await Promise.all([params, searchParams])
  const flow = await flowOfPage(flowId)
  if (!flow.ok) notFound()
  const canChange = may(actor, 'change')
  const selectedId = flow.value.shapes.find(({ id }) => id === oneParam(search, 'shape'))?.id ?? null
  const choice = {
    instanceId: oneParam(search, 'instance') || undefined,
    endpointId: oneParam(search, 'endpoint') || undefined,
  }
  const [settings, instances] = selectedId
    ? await Promise.all([
        getShapeSettings(actor, { flowId, shapeId: selectedId, choice }),
        listInstanceOptions(actor, { search: '' }),
      ])
    : [null, null]
  const panel = settings?.ok && instances?.ok && (
    <ShapePanel
      key={settings.value.id}
      settings={settings.value}
      revision={flow.value.revision}
      instances={instances.value}
      canChange={canChange}
      canRun={may(actor, 'run')}
    />
  )
  return (
    <div className="grid gap-6">
      <PageHeader
        title={flow.value.name}
        breadcrumbs={[{ label: 'Flows', href: '/flows' }, { label: flow.value.name }]}
        description={flow.value.description || undefined}
        actions={canChange ? <FlowSettingsDialog flow={flow.value} /> : undefined}
      />
      <FlowBuilder
        flow={flow.value}
        selectedId={selectedId}
        view={oneParam(search, 'view') === 'list' ? 'list' : 'canvas'}
        canChange={canChange}
        panel={panel}
      />
    </div>
  )
}
