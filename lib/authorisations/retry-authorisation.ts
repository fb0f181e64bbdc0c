import 'server-only'
import { z } from 'zod'
import { refuse, succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { startAuthorisation } from './start-authorisation'

/** *Try again*: starts the authorisation again with the pending values. */
export const retryAuthorisation = operation({
  name: 'retry_authorisation',
  permission: 'change',
  input: z.strictObject({ instanceId: idOf('instance') }),
  output: z.strictObject({ redirectTo: z.string() }),
  run: async (context, { instanceId }) => {
    const started = await startAuthorisation(context, { instanceId, reusePending: true })
    if (started.ok) return succeed({ redirectTo: started.value.redirectTo })
    // The form has no fields, so an error cannot name one.
    return refuse(started.error.code, started.error.message)
  },
})
