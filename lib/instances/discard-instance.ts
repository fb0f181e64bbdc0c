import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { instanceIdSchema } from './schema'
import { remove } from './remove-instance'

/**
 * *Discard*: an instance that was never authorised is deleted without typing its name, because it has no credentials in
 * use.
 */
export const discardInstance = operation({
  name: 'discard_instance',
  permission: 'change',
  input: instanceIdSchema,
  output: z.strictObject({ name: z.string(), connectorId: z.uuid() }),
  run: async (context, { instanceId }) => {
    return remove(context, instanceId, ({ status, tokens }) =>
      status === 'awaiting_authorisation' && tokens.length === 0
        ? succeed(null)
        : refuse(
            'invalid_input',
            'This instance has been authorised in the meantime. If it is no longer needed, delete it instead.',
          ),
    )
  },
})
