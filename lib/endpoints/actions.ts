'use server'

import { actionOf, formActionOf } from '@/lib/operations/action'
import { cloneEndpoint } from './clone-endpoint'
import { createEndpoint } from './create-endpoint'
import { deleteEndpoint } from './delete-endpoint'
import { saveEndpoint } from './save-endpoint'

export const createEndpointAction = formActionOf(createEndpoint, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/endpoints/${id}#authentication`,
})
export const cloneEndpointAction = formActionOf(cloneEndpoint, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/endpoints/${id}`,
})
export const saveEndpointAction = actionOf(saveEndpoint, { refreshes: 'on_success' })
export const deleteEndpointAction = actionOf(deleteEndpoint, { refreshes: 'on_success' })
