import 'server-only'
import { z } from 'zod'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Network } from '@/lib/platform/http/network'
import { job } from '@/lib/platform/jobs/job'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { compareWithConnector } from '../apply/compare-with-connector'
import { connectionDocument } from '../connection-format'
import { discardParts, discardReading } from '../discard-parts'
import { onlyConnectionDocument } from '../only-connection-document'
import { presetFormat } from '../preset-format'
import { columnsOf, withoutValues } from '../found-values'
import { countItems, linesOf, writeItems } from '../import-rows'
import { ImportWork, Overtaken } from '../import-work'
import type { ReportLine } from '../openapi/report'
import { Pace } from '../pace'
import { storable } from '../openapi/texts'
import { prefetch } from '../reading/prefetch'
import { readInProcess, type Reading } from '../reading/read-in-process'
import type { ReadHead } from '../reading/read-result'
import { compareImport } from '../update/compare-import'
import { nameOfOldSource } from '../shown-source'
import { readChunk } from '../source-chunks'
import { loadFile } from './load-file'
import { loadSource } from './load-source'

const interrupted =
  'Reading this document was interrupted several times, by an error in Patchbay or because the server was stopped. Import the document again.'

const connectorGone = 'The connector that this document should update was deleted.'

const valuesOfUpdate: ReportLine = {
  ...{ kind: 'note', pointer: '' },
  message: 'Values of variables and credentials were left out: an update does not change instances.',
}

/** Pieces of the source that are in memory before they are needed. */
const chunksAhead = 8
/** Pieces of a source that is read at once. */
const chunksOfShort = 16

/** Of an import that takes long. So many new items also change how the database has to look for them. */
const manyItems = 5_000

/** Lines of the report that are written with one statement. */
const linesAtOnce = 1_000

type Options = { network?: Network; limitMs?: number }

/**
 * Reads the source of an import into items and report, each import once: what a process that died has written is
 * replaced. What a person can do something about makes the import fail, with a sentence; everything else is thrown, and
 * the job is done again.
 */
export async function readImport(
  { workspaceId, importId }: ImportJob,
  { network, limitMs }: Options = {},
): Promise<void> {
  const work = await ImportWork.take(workspaceDb(workspaceId), importId, {
    from: ['waiting', 'reading'],
    to: 'reading',
  })
  if (work === null) return
  try {
    if (work.isHopeless) await fail(work, interrupted)
    else await read(work, { network, limitMs })
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

async function read(work: ImportWork, { network, limitMs }: Options): Promise<void> {
  const isAddress = work.row.source === 'url'
  await work.write({ done: 0, total: 0, ...withoutValues }, async (tx) => {
    await (isAddress ? discardParts : discardReading)(tx, work.row.id)
  })
  const loaded = isAddress ? await loadSource(work, network) : { ok: true as const, value: '' }
  if (!loaded.ok) return fail(work, loaded.error.message)
  const stored = { items: 0 }
  const pace = new Pace()
  const outcome = await readInProcess(
    {
      url: loaded.value,
      next: chunksOf(work, pace),
      store: storing(work, pace, stored),
      load: (url) => loadFile(url, network),
    },
    limitMs,
  )
  await ('failure' in outcome ? fail(work, outcome.failure) : finish(work, stored.items, outcome.head))
}

/** The first pieces are read while the process that reads them starts. */
function chunksOf({ db, owner }: ImportWork, pace: Pace): () => Promise<Uint8Array | null> {
  let position = -1
  const read = () => readChunk(db, owner, (position += 1))
  return prefetch(() => pace.run(position >= chunksOfShort, read), chunksAhead)
}

function storing(work: ImportWork, pace: Pace, stored: { items: number }): Reading['store'] {
  const isNew = work.row.updatesId === null
  return async ({ json, count }, total) => {
    const first = stored.items
    const done = (stored.items += count)
    const progress = { done, total: Math.max(done, total) }
    await pace.run(first >= manyItems, () =>
      work.write(progress, (tx) => writeItems(tx, work.owner, json, first, isNew)),
    )
  }
}

async function finish(
  work: ImportWork,
  items: number,
  { format, name, versionLabel, definition, lines: read, instances = [] }: ReadHead,
): Promise<void> {
  const { updatesId, presetKey, applies } = work.row
  if (applies && format !== connectionDocument) return fail(work, onlyConnectionDocument)
  if (items >= manyItems) await countItems(work.db)
  if (updatesId !== null && !(await compareImport(work, updatesId, { definition, format })))
    return fail(work, connectorGone)
  if (applies && (await compareWithConnector(work, definition)) === null)
    throw new Error('the document was read by this version of Patchbay')
  const data = {
    ...{ format: presetKey === null ? format : presetFormat, name, versionLabel, attempt: 0 },
    definition: definition as Prisma.InputJsonObject,
  }
  const isUpdate = updatesId !== null && instances.length > 0
  const lines = isUpdate ? [...read, valuesOfUpdate] : read
  const sourceName = nameOfOldSource(work.row)
  const values = columnsOf(isUpdate ? [] : instances, work.owner)
  await work.write({ ...data, ...values, sourceName, state: applies ? 'compared' : 'ready' }, async (tx) => {
    for (let first = 0; first < lines.length; first += linesAtOnce)
      await tx.importLine.createMany({ data: linesOf(lines.slice(first, first + linesAtOnce), work.owner, first) })
    await tx.importChunk.deleteMany({ where: { importId: work.row.id } })
  })
}

function fail(work: ImportWork, failure: string): Promise<void> {
  const sourceName = nameOfOldSource(work.row)
  const data = { sourceName, state: 'failed' as const, failure: storable(failure) }
  return work.write(data, (tx) => discardParts(tx, work.row.id))
}

export const importJob = z.strictObject({ workspaceId: z.uuid(), importId: z.uuid() })
export type ImportJob = z.infer<typeof importJob>

/** Two at once, so that a short document does not wait for a long one. */
export const readImportJob = job({
  name: 'read-import',
  payload: importJob,
  atOnce: 2,
  handle: (payload) => readImport(payload),
})
