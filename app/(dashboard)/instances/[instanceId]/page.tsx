import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { RedirectUris } from '@/components/authentication-methods/redirect-uris'
import { InstanceTimeline } from './instance-timeline'
import { DisabledNotice } from '@/components/instances/disabled-notice'
import { DeleteInstance } from '@/components/instances/delete-instance'
import { InstanceHeading } from '@/components/instances/instance-heading'
import { tabIn } from '@/components/instances/instance-draft'
import { InstanceSettings } from '@/components/instances/instance-settings'
import { StatusPanel } from '@/components/instances/status-panel'
import { may } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { redirectUriFor, redirectUris } from '@/lib/platform/redirect-uris'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

type InstancePageProps = { params: Promise<{ instanceId: string }>; searchParams: Promise<SearchParams> }

const instanceOfPage = cache(async (instanceId: string) => getInstance(await requireActor(), { instanceId }))

export async function generateMetadata({ params }: InstancePageProps): Promise<Metadata> {
  const found = await instanceOfPage((await params).instanceId)
  if (!found.ok) notFound()
  return { title: `${found.value.name} · ${found.value.connector.name}` }
}

export default async function InstancePage({ params, searchParams }: InstancePageProps) {
  const actor = await requireActor()
  const { instanceId } = await params
  const search = await searchParams
  const found = await instanceOfPage(instanceId)
  if (!found.ok) notFound()
  const instance = found.value
  const canChange = may(actor, 'change')
  const canRun = may(actor, 'run')
  const { configured, redirectUri } = redirectUriFor((await headers()).get('host') ?? '')
  return (
    <div className="grid gap-4">
      <InstanceHeading instance={instance} canChange={canChange} canRun={canRun} />
      {instance.disabled.map((part) => (
        <DisabledNotice key={part.noun} part={part} canChange={canChange} />
      ))}
      <InstanceSettings
        key={instance.id}
        instance={instance}
        canChange={canChange}
        canRun={canRun}
        redirectUris={instance.method.needsPerson && <RedirectUris view={{ uris: redirectUris(), configured }} />}
        authoriseAt={configured ? null : new URL(`/instances/${instance.id}`, redirectUri).href}
        timeline={
          tabIn(search) === 'timeline' && (
            <InstanceTimeline actor={actor} instance={instance} after={oneParam(search, 'after')} />
          )
        }
        statusPanel={<StatusPanel instance={instance} canRun={canRun} canChange={canChange} />}
      />
      {canChange && <DeleteInstance instance={instance} />}
    </div>
  )
}
