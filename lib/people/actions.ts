'use server'

import { actionOf } from '@/lib/operations/action'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'

/** Read again also after a refusal: the session may have ended meanwhile. */
export const endSessionAction = actionOf(endSession, { refreshes: 'always' })
export const endOtherSessionsAction = actionOf(endOtherSessions, { refreshes: 'on_success' })
