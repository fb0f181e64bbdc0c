'use server'

import { actionOf } from '@/lib/operations/action'
import { createApiKey } from './create-api-key'
import { revokeApiKey } from './revoke-api-key'
import { saveApiKey } from './save-api-key'

export const createApiKeyAction = actionOf(createApiKey)
export const revokeApiKeyAction = actionOf(revokeApiKey, { refreshes: 'on_success' })
export const saveApiKeyAction = actionOf(saveApiKey, { refreshes: 'on_success' })
