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
import { previewRevocation } from './preview-revocation'
import { revokeConnectorTokens } from './revoke-connector-tokens'
import { saveAnswerOf, testAnswerOf } from './save-answer'
import { saveInstance } from './save-instance'
import { testInstance } from './test-instance'

/** These take objects: the forms span tabs. No answer holds what was typed (rule R10). */

export const checkInstanceNameAction = actionOf(checkInstanceName)
export const createInstanceAction = saveAnswerOf(createInstance)
export const saveInstanceAction = saveAnswerOf(saveInstance, { refreshes: true })
export const testInstanceAction = testAnswerOf(testInstance)
/** *Check now*. */
export const checkInstanceAction = actionOf(checkInstance, { refreshes: 'always' })
/** Drops the values that wait; what is in force stays. */
export const discardPendingAction = actionOf(discardPending, { refreshes: 'always' })
export const discardInstanceAction = actionOf(discardInstance)
export const deleteInstanceAction = actionOf(deleteInstance)
export const previewRevocationAction = actionOf(previewRevocation)
/** The page is read again when the dialog closes: each call handles a few instances. */
export const revokeConnectorTokensAction = actionOf(revokeConnectorTokens)
export const disableInstanceAction = actionOf(disableInstance, { refreshes: 'on_success' })
export const enableInstanceAction = actionOf(enableInstance, { refreshes: 'on_success' })
