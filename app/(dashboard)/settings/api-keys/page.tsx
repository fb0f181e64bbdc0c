import { KeyRound, Plus, SearchX } from 'lucide-react'
import { KeyFilters } from '@/components/api-keys/key-filters'
import { KeyList } from '@/components/api-keys/key-list'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { listApiKeys } from '@/lib/api-keys/list-api-keys'
import { readKeyFilter } from '@/lib/api-keys/schema'
import type { SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'API keys' }

const about = 'An API key lets a program or an agent use Patchbay as its owner, with its own role and limits.'

const create = (
  <>
    <ButtonLink href="/api">How to use the API</ButtonLink>
    <ButtonLink variant="primary" href="/settings/api-keys/new">
      <Plus aria-hidden />
      Create API key
    </ButtonLink>
  </>
)

export default async function ApiKeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filter = readKeyFilter(await searchParams)
  const keys = await listApiKeys(await requireActor(), filter)
  // The layout says who may see this.
  if (!keys.ok) return null
  const { items, total, nextCursor } = keys.value
  if (total === 0 && filter.q === '' && filter.state === undefined)
    return (
      <EmptyState icon={KeyRound} title="No API keys yet" actions={create}>
        {about} For example a nightly export that calls endpoints, or a script that creates connectors. You choose what
        a key may do and when it expires, see when it was used last, and can revoke it at any time.
      </EmptyState>
    )
  return (
    <Section title="API keys" description={about} actions={create}>
      <KeyFilters />
      {items.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing matches"
          actions={<ButtonLink href="/settings/api-keys">Show all API keys</ButtonLink>}
        >
          No API key matches this search.
        </EmptyState>
      ) : (
        <KeyList keys={items} />
      )}
      <Pager nextCursor={nextCursor} total={total} noun={['API key', 'API keys']} />
    </Section>
  )
}
