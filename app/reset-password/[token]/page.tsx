import type { Metadata } from 'next'
import { Entrance } from '@/components/frame/entrance'
import { LinkRefused } from '@/components/people/link-refused'
import { ResetPasswordForm } from '@/components/people/reset-password-form'
import { findReset } from '@/lib/people/find-reset'
import { currentPerson } from '@/lib/platform/session/actor'

export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer', robots: 'noindex' }

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [reset, person] = await Promise.all([findReset(token), currentPerson()])
  if (!reset.ok) {
    return (
      <Entrance title="This link does not work" description={reset.error.message}>
        <LinkRefused isSignedIn={person !== null} />
      </Entrance>
    )
  }
  const { name, email } = reset.value
  return (
    <Entrance
      title="Set a new password"
      description={`For ${name} (${email}). All your sessions end, and you are signed in here.`}
    >
      <ResetPasswordForm token={token} email={email} />
    </Entrance>
  )
}
