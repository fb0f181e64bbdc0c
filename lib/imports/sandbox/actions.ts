'use server'

import { formActionOf } from '@/lib/operations/action'
import { installSandboxConnector } from './install-sandbox-connector'

/** Takes no input. Leads to the new connector. */
export const installSandboxConnectorAction = formActionOf(installSandboxConnector, {
  read: async () => ({ input: {}, values: {} }),
  redirectTo: ({ id }) => `/connectors/${id}`,
})
