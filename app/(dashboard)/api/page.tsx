import Link from 'next/link'
import { ApiExamples } from '@/components/api-page/api-examples'
import { ApiFacts } from '@/components/api-page/api-facts'
import { CallChoice } from '@/components/api-page/call-choice'
import { placeholderCall } from '@/components/api-page/examples'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { may } from '@/lib/domain/access/actor'
import { apiPath } from '@/lib/domain/api-path'
import { env } from '@/lib/platform/env'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { callOfPage } from './call-of-page'

export const metadata = { title: 'API' }

const about = 'Programs and agents can use everything that is configured here, under the same rules as people.'

export default async function ApiPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, search] = [await requireActor(), await searchParams]
  const call = await callOfPage(actor, {
    instanceId: oneParam(search, 'instance'),
    endpointId: oneParam(search, 'endpoint'),
  })
  const { APP_URL, PATCHBAY_API_REQUESTS_PER_MINUTE } = env()
  const example = call?.endpoint
    ? { ...call.endpoint, instance: call.instance, endpoint: call.endpoint }
    : placeholderCall
  return (
    <div className="grid gap-8">
      <PageHeader title="API" description={about} actions={<Links canCreateKeys={may(actor, 'administer')} />} />
      <Section
        title="Examples"
        description={
          <>
            The address of the API is <code>{APP_URL + apiPath}</code>.
          </>
        }
      >
        {call ? <CallChoice {...call} /> : <NoInstance />}
        <ApiExamples address={APP_URL} api={APP_URL + apiPath} call={example} />
      </Section>
      <ApiFacts requestsPerMinute={PATCHBAY_API_REQUESTS_PER_MINUTE} />
    </div>
  )
}

function Links({ canCreateKeys }: { canCreateKeys: boolean }) {
  return (
    <>
      <ButtonLink href="/api/reference">API reference</ButtonLink>
      {canCreateKeys ? (
        <ButtonLink href="/settings/api-keys/new" variant="primary">
          Create API key
        </ButtonLink>
      ) : (
        <p className="text-muted">Administrators create API keys.</p>
      )}
    </>
  )
}

function NoInstance() {
  return (
    <Alert>
      There is no instance yet that can be called.{' '}
      <Link href="/connectors" className="underline underline-offset-2">
        Add one
      </Link>
      , and the examples name it. Until then, replace INSTANCE and ENDPOINT.
    </Alert>
  )
}
