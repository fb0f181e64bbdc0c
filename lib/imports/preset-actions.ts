'use server'

import { draftActionOf, formActionOf } from '@/lib/operations/action'
import { addPresetMethod } from './add-preset-method'
import { duplicateConnector } from './duplicate-connector'
import { installPreset } from './install-preset'

/** Redirects to the new connector. */
export const installPresetAction = draftActionOf(installPreset, {
  redirectTo: ({ id }) => `/connectors/${id}/overview`,
})
/** Redirects to the copy. */
export const duplicateConnectorAction = formActionOf(duplicateConnector, {
  redirectTo: ({ id }) => `/connectors/${id}/overview`,
})
/** Redirects to the new method. */
export const addPresetMethodAction = draftActionOf(addPresetMethod, {
  redirectTo: ({ id, connectorId }) => `/connectors/${connectorId}/authentication/${id}`,
})
