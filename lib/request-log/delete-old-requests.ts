import 'server-only'
import { defaultRetention, retentionLimits, type Retention } from '@/lib/domain/retention'
import { systemDb } from '@/lib/platform/db/client'
import { createPartitions, deleteBefore, dropBefore, type DailyTable } from '@/lib/platform/db/partitions'
import { settingOf } from '@/lib/settings/workspace-settings'

const daysAhead = 3

/**
 * Deletes logged requests and bodies that are older than the retention of their workspace. What is older than the longest
 * retention of all goes with its partition, the rest in batches. Creates the partitions of the coming days first, so that
 * rows of late days are in one.
 */
export async function deleteOldRequests(now: Date): Promise<void> {
  const workspaces = await listLimits(now)
  for (const table of ['RequestLog', 'RequestLogBody'] as const) {
    await createPartitions(table, now, daysAhead)
    const longest = earliest(workspaces.map(({ limits }) => limits[table]))
    await dropBefore(table, longest ?? limitsOf(defaultRetention, now)[table])
    for (const { id, limits } of workspaces) if (limits[table] > longest!) await deleteBefore(table, id, limits[table])
  }
}

const earliest = (times: Date[]) => times.sort((one, other) => one.getTime() - other.getTime())[0]

function limitsOf(retention: Retention, now: Date): Record<DailyTable, Date> {
  const { requests, bodies } = retentionLimits(retention, now)
  return { RequestLog: requests, RequestLogBody: bodies }
}

async function listLimits(now: Date) {
  const workspaces = await systemDb().workspace.findMany({
    select: { id: true, settings: { where: { key: 'retention' } } },
  })
  return workspaces.map(({ id, settings: [row = null] }) => ({
    id,
    limits: limitsOf(settingOf('retention', row), now),
  }))
}
