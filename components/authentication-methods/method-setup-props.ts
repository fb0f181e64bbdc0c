import type { ReactNode } from 'react'
import type { MethodSetupView, RedirectUriView } from '@/lib/authentication-methods/views'

export type MethodSetupProps = {
  setup: MethodSetupView
  redirectUris: RedirectUriView
  /** When the page was made: what {{ now }} stands for in the picture. */
  now: string
  canChange: boolean
  canRun: boolean
  /** Filled in as the test request, not saved yet: a person has just tried it at an endpoint. */
  testUrl: string | null
  /** The two tabs that save on their own. */
  authVariables: ReactNode
  connectorVariables: ReactNode
}
