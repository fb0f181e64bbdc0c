import type { Prisma } from '@/lib/platform/db/generated/client'
import type { ListedImport } from './import-views'
import { withoutQuery } from './shown-source'

export const summaryColumns = {
  id: true,
  state: true,
  source: true,
  sourceName: true,
  format: true,
  bytes: true,
  name: true,
  versionLabel: true,
  done: true,
  total: true,
  failure: true,
  createdAt: true,
  updates: { select: { id: true, name: true } },
} satisfies Prisma.ImportSelect

type Row = Prisma.ImportGetPayload<{ select: typeof summaryColumns }>

export function summaryOf({ createdAt, sourceName, updates, ...row }: Row): ListedImport {
  return {
    ...row,
    updatedConnector: updates,
    sourceName: row.source === 'url' ? withoutQuery(sourceName) : sourceName,
    createdAt: createdAt.toISOString(),
  }
}
