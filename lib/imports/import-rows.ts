import { foldName } from '@/lib/domain/names'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { ReportLine } from './openapi/report'
import type { ReadItem } from './reading/read-result'

type Owner = { workspaceId: string; importId: string }

/** @param first the position of the first line */
export function linesOf(lines: readonly ReportLine[], owner: Owner, first = 0): Prisma.ImportLineCreateManyInput[] {
  return lines.map((line, index) => ({ ...line, ...owner, id: newId(), position: first + index }))
}

/** @param first the position of the first item */
export function itemsOf(items: readonly ReadItem[], owner: Owner, first: number): Prisma.ImportItemCreateManyInput[] {
  return items.map((item, index) => ({
    ...item,
    ...owner,
    id: newId(),
    position: first + index,
    foldedName: foldName(item.name),
    definition: item.definition as Prisma.InputJsonObject,
  }))
}
