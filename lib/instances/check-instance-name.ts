import 'server-only'
import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { instanceDetails } from '@/lib/credentials/instance-details'
import { notFound } from '@/lib/domain/refusals'
import { checkNameFree } from './check-name'

/**
 * Whether a new instance of this connector may have this name, checked while it is typed. Creating the instance checks
 * it again, because somebody else may take the name first.
 * @returns `name_taken` for a duplicate
 */
export const checkInstanceName = operation({
  name: 'check_instance_name',
  permission: 'change',
  input: z.strictObject({ connectorId: idOf('connector'), name: instanceDetails.name }),
  output: z.null(),
  run: async ({ db }, { connectorId, name }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true, name: true } })
    return connector ? checkNameFree(db, connector, name) : notFound('connector')
  },
})
