import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { failingInstances } from '@/lib/health/shown-status'
import { operation } from '@/lib/operations/operation'

/**
 * The number of instances that a person has to repair, for the navigation (PRODUCT §11). Uses the index of statuses.
 */
export const countFailingInstances = operation({
  name: 'count_failing_instances',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({}),
  output: z.int(),
  run: async ({ db }) => succeed(await db.instance.count({ where: failingInstances })),
})
