import type { ReactNode } from 'react'
import type { DraftReading } from '@/components/authentication-methods/method-rules'
import type { MethodSetupView, RedirectUriView } from '@/lib/authentication-methods/views'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'

export type MethodSetupProps = {
  setup: MethodSetupView
  type: TypeDescription
  /** What comes of the draft with which the page begins. */
  firstReading: DraftReading
  redirectUris: RedirectUriView
  /** When the page was rendered: the value of {{ now }} in *What will be sent*. */
  now: string
  canChange: boolean
  canRun: boolean
  /** Filled in as the test request but not saved yet, if the person has just tried it at an endpoint. */
  testUrl: string | null
  /** The two tabs whose changes are saved separately. */
  authVariables: ReactNode
  connectorVariables: ReactNode
}
