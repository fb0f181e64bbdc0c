import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { RedirectUris } from '@/components/authentication-methods/redirect-uris'
import { DeleteInstance } from '@/components/instances/delete-instance'
import { InstanceHeading } from '@/components/instances/instance-heading'
import { InstanceSettings } from '@/components/instances/instance-settings'
import { StatusPanel } from '@/components/instances/status-panel'
import { may } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { redirectUriFor, redirectUris } from '@/lib/platform/redirect-uris'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Instance settings' }

export default async function InstancePage({ params }: { params: Promise<{ instanceId: string }> }) {
  const actor = await requireActor()
  const { instanceId } = await params
  const found = await getInstance(actor, { instanceId })
  if (!found.ok) notFound()
  const instance = found.value
  const canChange = may(actor, 'change')
  const canRun = may(actor, 'run')
  const { configured, redirectUri } = redirectUriFor((await headers()).get('host') ?? '')
  return (
    <div className="grid gap-6">
      <InstanceHeading instance={instance} canChange={canChange} canRun={canRun} />
      <InstanceSettings
        key={instance.id}
        instance={instance}
        canChange={canChange}
        canRun={canRun}
        redirectUris={instance.method.needsPerson && <RedirectUris view={{ uris: redirectUris(), configured }} />}
        authoriseAt={configured ? null : new URL(`/instances/${instance.id}`, redirectUri).href}
        statusPanel={<StatusPanel instance={instance} canRun={canRun} />}
      />
      {canChange && <DeleteInstance instance={instance} />}
    </div>
  )
}
