'use server'

import { draftActionOf } from '@/lib/operations/action'
import { installSandboxConnector } from './install-sandbox-connector'
import { trySandbox } from './try-sandbox'

/** Redirects to the new connector. */
export const installSandboxConnectorAction = draftActionOf(installSandboxConnector, {
  redirectTo: ({ id }) => `/connectors/${id}/overview`,
})

/** Redirects to a shape that is ready to run. */
export const trySandboxAction = draftActionOf(trySandbox, {
  redirectTo: ({ flowId, shapeId }) => `/flows/${flowId}?shape=${shapeId}`,
})
