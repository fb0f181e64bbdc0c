import { printLines } from '../measure'
import type { Calls } from './bad-calls'

/** The memory that many large responses need at once. */

const atOnce = 30
const mostMoreMegabytes = 300
const everyMs = 10
const kinds = ['long-text', 'many-records', 'nested-brackets-gzip', 'unicode-escapes']

/** False if they need more than allowed. */
export async function measureMemory(calls: Calls): Promise<boolean> {
  for (let call = 0; call < 20; call += 1) await calls.good()
  const before = residentMegabytes()
  const rows: { kind: string; most: number }[] = []
  for (const kind of kinds) {
    const most = await mostDuring(() => Promise.all(Array.from({ length: atOnce }, () => calls.bad(kind))))
    rows.push({ kind, most: most - before })
  }
  const lines = rows.map(({ kind, most }) => [kind, `${most.toFixed(0)} MB`, `${mostMoreMegabytes} MB`])
  printLines([[`Memory for ${atOnce} responses of 10 MB at once`, 'more', 'at most'], ...lines])
  return rows.every(({ most }) => most <= mostMoreMegabytes)
}

function residentMegabytes(): number {
  return process.memoryUsage.rss() / 1e6
}

async function mostDuring(work: () => Promise<unknown>): Promise<number> {
  let most = residentMegabytes()
  const timer = setInterval(() => (most = Math.max(most, residentMegabytes())), everyMs)
  await work()
  clearInterval(timer)
  return most
}
