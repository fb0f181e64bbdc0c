'use server'

import { actionOf } from '@/lib/operations/action'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'

/** Refreshes even after a refusal, because the session may have ended in the meantime. */
export const endSessionAction = actionOf(endSession, { refreshes: 'always' })
export const endOtherSessionsAction = actionOf(endOtherSessions, { refreshes: 'on_success' })
