import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { importOnly } from './import-schema'
import { importTag, type ImportTag } from './import-views'

/** A document with more of them is chosen from by search. */
const mostTags = 500

/** The entity types of an import's endpoints, by name, with how many endpoints each has and how many are chosen. */
export const listImportTags = operation({
  name: 'list_import_tags',
  permission: 'see',
  input: importOnly,
  output: z.array(importTag),
  run: async ({ db }, { importId }) => {
    const found = await db.import.findFirst({ where: { id: importId }, select: { id: true } })
    if (!found) return notFound('import')
    const groups = await db.importItem.groupBy({
      by: ['tag', 'chosen'],
      where: { importId, kind: 'endpoint' },
      _count: true,
      orderBy: { tag: 'asc' },
      take: mostTags * 2,
    })
    const tags = new Map<string, ImportTag>()
    for (const { tag, chosen, _count } of groups) {
      const before = tags.get(tag) ?? { tag, total: 0, chosen: 0 }
      tags.set(tag, { tag, total: before.total + _count, chosen: before.chosen + (chosen ? _count : 0) })
    }
    return succeed([...tags.values()].slice(0, mostTags))
  },
})
