import { SearchX } from 'lucide-react'
import { AddPerson } from '@/components/people/add-person'
import { InvitationList } from '@/components/people/invitation-list'
import { PeopleList } from '@/components/people/people-list'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { SearchInput } from '@/components/ui/search-input'
import { Section } from '@/components/ui/section'
import { listInvitations } from '@/lib/people/list-invitations'
import { listPeople } from '@/lib/people/list-people'
import { peopleSorts } from '@/lib/people/schema'
import { oneParam, readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'People' }

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const [people, invitations] = await Promise.all([
    listPeople(actor, readListParams(search, peopleSorts, 'name')),
    listInvitations(actor, { after: oneParam(search, 'invitations').slice(0, 2_048) }),
  ])
  // The layout says who may see this.
  if (!people.ok || !invitations.ok) return null
  const { items, total, nextCursor } = people.value
  return (
    <div className="grid gap-8">
      <Section
        title="People"
        description="Who can sign in to this workspace, and what they may do."
        actions={<AddPerson />}
      >
        <SearchInput label="Search people" />
        {items.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title="Nobody matches"
            actions={<ButtonLink href="/settings/people">Show all people</ButtonLink>}
          >
            No name or email matches this search.
          </EmptyState>
        ) : (
          <PeopleList people={items} />
        )}
        <Pager nextCursor={nextCursor} total={total} noun={['person', 'people']} />
      </Section>
      {invitations.value.total > 0 && (
        <Section title="Invitations" description="People who have a link and have not accepted it yet.">
          <InvitationList invitations={invitations.value.items} />
          <Pager
            param="invitations"
            nextCursor={invitations.value.nextCursor}
            total={invitations.value.total}
            noun={['invitation', 'invitations']}
          />
        </Section>
      )}
    </div>
  )
}
