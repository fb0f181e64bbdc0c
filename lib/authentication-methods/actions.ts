'use server'

import { actionOf, draftActionOf, formActionOf } from '@/lib/operations/action'
import { savedMessage } from '@/lib/platform/forms/saved-message'
import { createMethod } from './create-method'
import { deleteMethod } from './delete-method'
import { discoverServer } from './discover-server'
import { saveMethod } from './save-method'
import { setMethodValue } from './set-method-value'

export const createMethodAction = formActionOf(createMethod, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/authentication/${id}`,
})
/** Takes the whole of *Authentication setup* as an object: it is edited over many tabs and saved as one. */
export const saveMethodAction = draftActionOf(saveMethod, { done: savedMessage })
export const deleteMethodAction = actionOf(deleteMethod, { refreshes: 'on_success' })
/** What an authorisation server publishes; the builder decides what of it to take over. */
export const discoverServerAction = actionOf(discoverServer)
/** The answer never echoes the value. */
export const setMethodValueAction = draftActionOf(setMethodValue, {
  done: ({ held }) =>
    held ? 'Set for all instances of this method.' : 'Removed. Each instance is asked for it again.',
})
