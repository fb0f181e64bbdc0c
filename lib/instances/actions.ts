'use server'

import { discardPending } from '@/lib/authorisations/discard-pending'
import { actionOf } from '@/lib/operations/action'
import { checkInstance } from '@/lib/verification/check-instance'
import { checkInstanceName } from './check-instance-name'
import { createInstance } from './create-instance'
import { deleteInstance } from './delete-instance'
import { disableInstance } from './disable-instance'
import { discardInstance } from './discard-instance'
import { enableInstance } from './enable-instance'
import { importCurlCommand } from './import-curl-command'
import { previewRevocation } from './preview-revocation'
import { revokeConnectorTokens } from './revoke-connector-tokens'
import { saveResponseOf, testResponseOf } from './save-response'
import { saveInstance } from './save-instance'
import { testInstance } from './test-instance'

/**
 * These take objects instead of form data, because the forms span several tabs. No response contains what was typed
 * (rule R10).
 */

export const checkInstanceNameAction = actionOf(checkInstanceName)
export const createInstanceAction = saveResponseOf(createInstance)
export const saveInstanceAction = saveResponseOf(saveInstance, { refreshes: true })
export const testInstanceAction = testResponseOf(testInstance)
/** *Check now*. */
export const checkInstanceAction = actionOf(checkInstance, { refreshes: 'always' })
/** Deletes the pending values; the current ones stay. */
export const discardPendingAction = actionOf(discardPending, { refreshes: 'always' })
export const discardInstanceAction = actionOf(discardInstance)
export const deleteInstanceAction = actionOf(deleteInstance)
export const previewRevocationAction = actionOf(previewRevocation)
/** The dialog reloads the page when it closes, because each call handles only a few instances. */
export const revokeConnectorTokensAction = actionOf(revokeConnectorTokens)
export const disableInstanceAction = actionOf(disableInstance, { refreshes: 'on_success' })
export const enableInstanceAction = actionOf(enableInstance, { refreshes: 'on_success' })
/** The person then opens the new connector. */
export const importCurlCommandAction = actionOf(importCurlCommand)
