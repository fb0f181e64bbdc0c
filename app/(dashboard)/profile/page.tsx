import { PasswordSection } from '@/components/profile/password-section'
import { ProfileForm } from '@/components/profile/profile-form'
import { SessionSection } from '@/components/profile/session-section'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { getProfile } from '@/lib/people/get-profile'
import { listSessions } from '@/lib/people/list-sessions'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requirePerson } from '@/lib/platform/session/actor'

export const metadata = { title: 'Profile' }

export default async function ProfilePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor, email } = await requirePerson()
  const [profile, sessions] = await Promise.all([
    getProfile(actor, {}),
    listSessions(actor, { after: oneParam(await searchParams, 'after').slice(0, 2_048) }),
  ])
  if (!profile.ok || !sessions.ok) throw new Error('The profile could not be read')
  const { items, total, nextCursor } = sessions.value
  return (
    <div className="grid max-w-4xl gap-8">
      <PageHeader title="Profile" description={`${actor.label} · ${email}`} />
      <ProfileForm profile={profile.value} />
      <PasswordSection profile={profile.value} />
      <SessionSection sessions={items} total={total}>
        <Pager nextCursor={nextCursor} total={total} noun={['session', 'sessions']} />
      </SessionSection>
    </div>
  )
}
