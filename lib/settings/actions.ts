'use server'

import { actionOf, formActionOf } from '@/lib/operations/action'
import { readForm } from '@/lib/platform/forms/form-data'
import { saveRetention } from './save-retention'
import { saveReturnAddresses } from './save-return-addresses'
import { sendTestMail } from './send-test-mail'

export const saveReturnAddressesAction = formActionOf(saveReturnAddresses, {
  read: async (data) => {
    const { addresses = '', ...values } = readForm(data)
    const lines = addresses.split('\n').map((line) => line.trim())
    return { input: { ...values, addresses: lines.filter((line) => line !== '') }, values: { ...values, addresses } }
  },
  done: 'Return addresses saved.',
})
/** A refusal with the code `confirmation_needed` is a question to the person. */
export const saveRetentionAction = actionOf(saveRetention, { refreshes: 'on_success' })
export const sendTestMailAction = actionOf(sendTestMail)
