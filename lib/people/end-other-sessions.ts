import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { inOwnSession } from './own-session'
import { endedSessions } from './session-views'

/** Ends every session of the person except the current one, in all workspaces, immediately and in every process. */
export const endOtherSessions = operation({
  name: 'end_other_sessions',
  permission: 'see',
  input: noInput,
  output: endedSessions,
  run: async ({ actor, transaction, audit }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const { userId, sessionId } = person.value
    return transaction(async (tx) => {
      const ended = await endSessions(tx, { userId, exceptId: sessionId })
      if (ended > 0)
        await audit(tx, { objectType: 'session', objectName: 'All other sessions', changes: fact('ended', ended) })
      return succeed({ ended })
    })
  },
})
