'use server'

import { actionOf, formActionOf } from '@/lib/operations/action'
import { cloneEndpoint } from './clone-endpoint'
import { createEndpoint } from './create-endpoint'
import { createEndpoints } from './create-endpoints'
import { deleteEndpoint } from './delete-endpoint'
import { readEndpointForm } from './read-endpoint-form'
import { saveEndpoint } from './save-endpoint'

export const createEndpointAction = formActionOf(createEndpoint, {
  read: readEndpointForm,
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/endpoints/${id}?tab=authentication`,
})
/** The form stays open; the page is refreshed when it is closed. */
export const createAnotherEndpointAction = actionOf(createEndpoint)
export const createEndpointsAction = actionOf(createEndpoints, { refreshes: 'on_success' })
export const cloneEndpointAction = formActionOf(cloneEndpoint, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/endpoints/${id}`,
})
export const saveEndpointAction = actionOf(saveEndpoint, { refreshes: 'on_success' })
export const deleteEndpointAction = actionOf(deleteEndpoint, { refreshes: 'on_success' })
