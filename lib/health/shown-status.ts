import 'server-only'
import { failingStatuses } from '@/lib/domain/failing'
import type { ShownStatus } from '@/lib/domain/vocabulary'
import { Prisma } from '@/lib/platform/db/generated/client'

/** The status as people see it, for queries (lib/domain/disabled.ts). */

const enabled = { disabledAt: null, connector: { disabledAt: null } } satisfies Prisma.InstanceWhereInput

/** Instances that count as failing: disabled ones do not. */
export const failingInstances = {
  status: { in: [...failingStatuses] },
  ...enabled,
} satisfies Prisma.InstanceWhereInput

/** Instances with a status that people see. */
export function withShownStatus(status: ShownStatus): Prisma.InstanceWhereInput {
  if (status !== 'disabled') return { status, ...enabled }
  return { OR: [{ disabledAt: { not: null } }, { connector: { disabledAt: { not: null } } }] }
}

/** A condition on rows with the aliases `instance` and `connector`. */
export const isDisabledSql = Prisma.sql`(instance."disabledAt" IS NOT NULL OR connector."disabledAt" IS NOT NULL)`

export const shownStatusSql = Prisma.sql`CASE WHEN ${isDisabledSql} THEN 'disabled' ELSE instance."status"::text END`
