import 'server-only'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { authorisedInstance } from './views'

/** For the notice at the end of an authorisation; null if the instance does not exist. */
export const getAuthorisedInstance = operation({
  name: 'get_authorised_instance',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ instanceId: idOf('instance') }),
  output: authorisedInstance.nullable(),
  run: async ({ db }, { instanceId }) => {
    const row = await db.instance.findFirst({
      where: { id: instanceId },
      select: { id: true, name: true, status: true },
    })
    return succeed(row)
  },
})
