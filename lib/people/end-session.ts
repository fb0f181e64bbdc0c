import 'server-only'
import { z } from 'zod'
import { deviceOf } from '@/lib/domain/access/device-of'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { endSession as endOne } from '@/lib/platform/session/end-sessions'
import { inOwnSession } from './own-session'
import { endSessionSchema } from './session-schema'

/** Ends one of the person's own sessions, in any workspace, immediately and in every process. */
export const endSession = operation({
  name: 'end_session',
  permission: 'see',
  input: endSessionSchema,
  output: z.null(),
  run: async ({ actor, transaction, audit }, { sessionId }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    return transaction(async (tx) => {
      const ended = await endOne(tx, { userId: person.value.userId, sessionId })
      if (!ended) return refuse('not_found', 'This is not one of your open sessions; it may have ended already.')
      await audit(tx, { objectType: 'session', objectId: sessionId, objectName: deviceOf(ended.userAgent) })
      return succeed(null)
    })
  },
})
