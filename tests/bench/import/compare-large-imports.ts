import { Client } from 'pg'
import type { PersonActor } from '@/lib/domain/access/actor'
import { confirmImport } from '@/lib/imports/confirm-import'
import { readImport } from '@/lib/imports/jobs/read-import'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { anActor } from '@/tests/support/builders'
import { importOf, uploaded } from '@/tests/support/imports'
import { median, printLines, shown } from '../measure'
import { largeDocument } from './large-document'
import { StoredConnector } from './stored-connector'

/** A document of 13 MB: reading and writing it, compared with parsing it and inserting the same rows. */

const document = { operations: 2_500, megabytes: 13 }
const rounds = 3
const mostTimes = 3

type Round = { parse: number; insert: number; read: number; write: number }

/** False if an import takes longer than allowed. */
export async function compareLargeImports(databaseUrl: string): Promise<boolean> {
  const text = largeDocument(document)
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  const actor = await anActor('manager')
  const measured: Round[] = []
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const times = await measureRound(client, actor, text)
      // The first one loads and compiles the code.
      if (round > 0) measured.push(times)
    }
  } finally {
    await client.end()
  }
  return report(measured)
}

async function measureRound(client: Client, actor: PersonActor, text: string): Promise<Round> {
  const parse = await timed(() => void JSON.parse(text))
  const importId = await uploaded(actor, text)
  const job = { workspaceId: actor.workspaceId, importId }
  const read = await timed(() => readImport(job))
  await confirmImport(actor, { importId })
  const write = await timed(() => runWriteImport(job))
  const { state, connectorId, endpoints } = await importOf(actor, importId)
  if (state !== 'imported' || connectorId === null || endpoints.chosen !== document.operations)
    throw new Error(`the document was not imported: ${state}`)
  const stored = await StoredConnector.take(client, connectorId)
  await stored.remove()
  const insert = await timed(() => stored.insertAgain())
  await stored.remove()
  return { parse, insert, read, write }
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function report(measured: Round[]): boolean {
  const of = (value: (round: Round) => number) => shown(median(measured.map(value)))
  const ratio = median(measured.map(({ parse, insert, read, write }) => (read + write) / (parse + insert)))
  const { operations, megabytes } = document
  printLines([
    [`${megabytes} MB, ${operations.toLocaleString('en-GB')} endpoints`, 'median'],
    ['JSON.parse', of(({ parse }) => parse)],
    ['Insert the same rows', of(({ insert }) => insert)],
    ['Read', of(({ read }) => read)],
    ['Write', of(({ write }) => write)],
    ['(Read + write) / (JSON.parse + insert)', `${ratio.toFixed(1)} ×`],
  ])
  return ratio <= mostTimes
}
