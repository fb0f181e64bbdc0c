'use server'

import { actionOf } from '@/lib/operations/action'
import { confirmOrigin } from './confirm-origin'

export const confirmOriginAction = actionOf(confirmOrigin, { refreshes: 'on_success' })
