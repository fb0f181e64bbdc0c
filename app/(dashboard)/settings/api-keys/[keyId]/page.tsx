import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { KeyFacts } from '@/components/api-keys/key-facts'
import { KeySettings } from '@/components/api-keys/key-settings'
import { KeyStateBadge } from '@/components/api-keys/key-state-badge'
import { RevokeKey } from '@/components/api-keys/revoke-key'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { getApiKey } from '@/lib/api-keys/get-api-key'
import { requireActor } from '@/lib/platform/session/actor'

type ApiKeyPageProps = { params: Promise<{ keyId: string }> }

/** Null for people who may not see keys: the layout says so. */
const keyOfPage = cache(async (keyId: string) => {
  const key = await getApiKey(await requireActor(), { keyId })
  if (!key.ok && key.error.code === 'not_found') notFound()
  return key.ok ? key.value : null
})

export async function generateMetadata({ params }: ApiKeyPageProps): Promise<Metadata> {
  const key = await keyOfPage((await params).keyId)
  return { title: key ? `${key.name} · API keys` : 'Settings' }
}

export default async function ApiKeyPage({ params }: ApiKeyPageProps) {
  const key = await keyOfPage((await params).keyId)
  if (!key) return null
  return (
    <div className="grid gap-6">
      <div className="grid gap-1.5">
        <Breadcrumbs items={[{ label: 'API keys', href: '/settings/api-keys' }, { label: key.name }]} />
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h2 className="min-w-0 text-lg font-semibold break-words">{key.name}</h2>
          <KeyStateBadge state={key.state} />
        </div>
      </div>
      <KeyFacts apiKey={key} />
      {key.state !== 'revoked' && (
        <>
          <KeySettings apiKey={key} />
          <RevokeKey apiKey={key} />
        </>
      )}
    </div>
  )
}
