'use server'

import { actionOf, draftActionOf, formActionOf } from '@/lib/operations/action'
import { createMethod } from './create-method'
import { deleteMethod } from './delete-method'
import { discoverServer } from './discover-server'
import { saveMethod } from './save-method'
import { setMethodValue } from './set-method-value'

export const createMethodAction = formActionOf(createMethod, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/authentication/${id}`,
})
/** Takes all of *Authentication setup* as one object, because it is edited on many tabs and saved together. */
export const saveMethodAction = actionOf(saveMethod, { refreshes: 'on_success' })
export const deleteMethodAction = actionOf(deleteMethod, { refreshes: 'on_success' })
/** Reads what an authorisation server publishes; the person decides what to use. */
export const discoverServerAction = actionOf(discoverServer)
/** The response never contains the value. */
export const setMethodValueAction = draftActionOf(setMethodValue, {
  done: ({ isSet }) =>
    isSet ? 'Saved. Applies to all instances of this method.' : 'Removed. Each instance now needs its own value.',
})
