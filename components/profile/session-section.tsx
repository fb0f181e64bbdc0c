import type { ReactNode } from 'react'
import { EndOtherSessions } from '@/components/profile/end-other-sessions'
import { SessionList } from '@/components/profile/session-list'
import { Section } from '@/components/ui/section'
import type { SessionView } from '@/lib/people/session-views'

type SessionSectionProps = {
  /** The sessions on this page of the list. */
  sessions: SessionView[]
  total: number
  /** The links to the other pages. */
  children: ReactNode
}

/** Where the person is signed in, and how to end it. */
export function SessionSection({ sessions, total, children }: SessionSectionProps) {
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. A session ends 14 days after signing in, or after 3 days without use. If you do not recognise one, end it and change your password."
      actions={total > 1 ? <EndOtherSessions others={total - 1} /> : undefined}
    >
      <SessionList sessions={sessions} />
      {children}
    </Section>
  )
}
