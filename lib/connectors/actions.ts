'use server'

import { actionOf, formActionOf } from '@/lib/operations/action'
import { savedMessage } from '@/lib/platform/forms/saved-message'
import { createConnector } from './create-connector'
import { deleteConnector } from './delete-connector'
import { disableConnector } from './disable-connector'
import { enableConnector } from './enable-connector'
import { readConnectorForm } from './read-connector-form'
import { updateConnector } from './update-connector'

/** Saves the basic details of a new connector, then redirects to its variables. */
export const createConnectorAction = formActionOf(createConnector, {
  read: readConnectorForm,
  redirectTo: ({ id }) => `/connectors/${id}/variables`,
})
export const updateConnectorAction = formActionOf(updateConnector, { read: readConnectorForm, done: savedMessage })
export const deleteConnectorAction = actionOf(deleteConnector)
export const disableConnectorAction = actionOf(disableConnector, { refreshes: 'on_success' })
export const enableConnectorAction = actionOf(enableConnector, { refreshes: 'on_success' })
