import { z } from 'zod'
import { importApplication } from '@/lib/imports/apply/views'
import type { Answer, Applied, Ask, Change, Comparison, Waiting } from './api'

/** A document that is too long for one request: it is sent as a file, and compared and applied by a job. */

const sent = z.object({ id: z.string() })
const asked = z.object({
  state: z.string(),
  done: z.int(),
  total: z.int(),
  failure: z.string(),
  application: importApplication.nullable(),
})
type Import = z.infer<typeof asked>

const underWay = ['uploading', 'waiting', 'reading', 'importing']

/** Refusals of a moment: the question is asked again. */
const passing = ['too_many_attempts', 'unavailable']

export type LongDocument = { key: string; document: string; removeOthers: boolean }

export async function compareLong(
  ask: Ask,
  { progress, pause }: Waiting,
  { key, document, removeOthers }: LongDocument,
): Promise<Answer<Comparison>> {
  progress(`${key}: sending ${(Buffer.byteLength(document) / 1024 / 1024).toFixed(1)} MB`)
  const query = new URLSearchParams({ fileName: `${key}.json`, applies: 'true', removeOthers: String(removeOthers) })
  const begun = await ask(sent, 'POST', `/imports/file?${query}`, document)
  if (!begun.ok) return begun
  const path = `/imports/${begun.value.id}`
  // Refused if it is over, so the answer means nothing.
  const end = async () => void (await ask(z.null(), 'DELETE', path))

  async function settled(): Promise<Answer<Import>> {
    for (let shown = ''; ; await pause()) {
      const read = await ask(asked, 'GET', path)
      if (!read.ok && passing.includes(read.refused.code)) continue
      if (!read.ok || !underWay.includes(read.value.state)) return read
      const line = lineOf(read.value)
      if (line !== shown) progress(`${key}: ${line}`)
      shown = line
    }
  }

  async function apply(change: Change): Promise<Answer<Applied>> {
    const applying = await ask(sent, 'POST', `${path}/apply`, change)
    if (!applying.ok) return applying
    const read = await settled()
    if (!read.ok) return read
    const { application, failure } = read.value
    if (application?.applied) return { ok: true, value: application.applied }
    return refused(application?.refusal ?? 'unexpected', failure)
  }

  const read = await settled()
  if (!read.ok) return read
  const compared = read.value.application?.comparison
  if (compared) return { ok: true, value: { compared, apply, end } }
  await end()
  return refused('invalid_input', read.value.failure)
}

function refused(code: string, message: string): { ok: false; refused: { code: string; message: string } } {
  return { ok: false, refused: { code, message: message || 'It was cancelled.' } }
}

function lineOf({ state, done, total }: Import): string {
  if (state === 'importing') return 'applying'
  if (state !== 'reading' || total === 0) return 'waiting to be read'
  if (done >= total) return 'comparing'
  return `read ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
}
