'use server'

import { actionOf } from '@/lib/operations/action'
import { saveRetention } from './save-retention'
import { saveReturnAddresses } from './save-return-addresses'
import { sendTestMail } from './send-test-mail'

export const saveReturnAddressesAction = actionOf(saveReturnAddresses, { refreshes: 'on_success' })
/** A refusal with the code `confirmation_needed` is a question to the person. */
export const saveRetentionAction = actionOf(saveRetention, { refreshes: 'on_success' })
export const sendTestMailAction = actionOf(sendTestMail)
