import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { RequestDetail } from '@/components/activity/request-detail'
import { PageHeader } from '@/components/ui/page-header'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import { requestPurposes } from '@/lib/request-log/words'
import { requireActor } from '@/lib/platform/session/actor'

type RequestPageProps = { params: Promise<{ requestId: string }>; searchParams: Promise<SearchParams> }

const requestOfPage = cache(async (id: string, at: string) => getRequest(await requireActor(), { id, at }))

export async function generateMetadata({ params, searchParams }: RequestPageProps): Promise<Metadata> {
  const request = await requestOfPage((await params).requestId, oneParam(await searchParams, 'at'))
  if (!request.ok) notFound()
  return { title: `${requestPurposes[request.value.purpose]} · ${request.value.subject}` }
}

export default async function RequestPage({ params, searchParams }: RequestPageProps) {
  const actor = await requireActor()
  const { requestId } = await params
  const at = oneParam(await searchParams, 'at')
  const [request, bodies] = await Promise.all([
    requestOfPage(requestId, at),
    getRequestBodies(actor, { id: requestId, at }),
  ])
  if (!request.ok) notFound()
  return (
    <div className="grid gap-6">
      <PageHeader
        title={requestPurposes[request.value.purpose]}
        description={request.value.subject}
        breadcrumbs={[{ label: 'Activity', href: '/activity' }, { label: 'Request' }]}
      />
      <RequestDetail
        request={request.value}
        bodies={bodies.ok ? bodies.value : null}
        bodiesRefusal={bodies.ok ? null : bodies.error.message}
      />
    </div>
  )
}
