'use client'

import type { ReactNode } from 'react'
import type { CredentialsChoice } from '@/components/trials/use-credentials-choice'
import { Alert } from '@/components/ui/alert'
import { Spinner } from '@/components/ui/spinner'

type Offered = Extract<NonNullable<CredentialsChoice['offered']>, { methods: unknown }>

type TrialOfferProps = {
  offered: CredentialsChoice['offered']
  /** Why other data could not be read. */
  refusal?: string
  emptyText: string
  children: (offered: Offered) => ReactNode
}

/** Shows the choices once they have been read, or why there are none. */
export function TrialOffer({ offered, refusal = '', emptyText, children }: TrialOfferProps) {
  if (offered === null) return <Spinner label="Loading" />
  const problem = 'refusal' in offered ? offered.refusal : refusal
  if (problem !== '' || 'refusal' in offered) return <Alert tone="bad">{problem}</Alert>
  if (offered.instances.length + offered.methods.length === 0) return <Alert tone="warn">{emptyText}</Alert>
  return children(offered)
}
