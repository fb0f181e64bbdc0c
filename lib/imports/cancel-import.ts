import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { Prisma, type ImportState } from '@/lib/platform/db/generated/client'
import { discardParts } from './discard-parts'
import { withoutValues } from './found-values'
import { importOnly } from './import-schema'
import { nameOfOldSource } from './shown-source'

const open: ImportState[] = ['uploading', 'waiting', 'reading', 'ready', 'compared', 'failed']

/** Ends an import that is not finished, and deletes what was read. A process that is reading it stops. */
export const cancelImport = operation({
  name: 'cancel_import',
  permission: 'change',
  input: importOnly,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ db, transaction }, { importId }) => {
    const row = await db.import.findFirst({
      where: { id: importId },
      select: { state: true, source: true, sourceName: true },
    })
    if (!row) return notFound('import')
    if (row.state === 'cancelled') return succeed({ id: importId })
    // Asked before the row is locked, which the job holds while it writes.
    if (!open.includes(row.state)) return over()
    return transaction(async (tx) => {
      const { count } = await tx.import.updateMany({
        where: { id: importId, state: { in: open } },
        data: {
          state: 'cancelled',
          open: false,
          sourceName: nameOfOldSource(row),
          ...withoutValues,
          comparison: Prisma.DbNull,
        },
      })
      if (count === 0) return over()
      await discardParts(tx, importId)
      return succeed({ id: importId })
    })
  },
})

const over = () =>
  refuse('invalid_input', 'This import is being written or is finished, so it cannot be cancelled any more.')
