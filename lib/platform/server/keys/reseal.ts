import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { counted } from '@/lib/domain/counted'
import { sealedTables } from '@/lib/platform/crypto/sealed-columns'
import { resealSentinel } from '../sentinel'
import { stopping } from '../stopping'
import { olderValuesIn, readKeyUsage, type KeyUsage } from './key-usage'
import { resealTable, type Resealed } from './reseal-table'

export type ResealResult = Resealed & { usage: KeyUsage }

/** Rounds, because values that were busy or changed in the meantime are tried again. */
const mostRounds = 5
const roundPauseMs = 2_000
const noticeMs = 2_000

/**
 * Seals everything with the first key while the app runs. The sentinel comes last, and only when nothing else uses its
 * key, so that no start without that key succeeds before.
 */
export async function resealEverything(
  session: Client,
  keyring: Keyring,
  say: (line: string) => void = () => {},
  pauseMs = roundPauseMs,
): Promise<ResealResult> {
  const total: Resealed = { resealed: 0, changedMeanwhile: 0, unreadable: 0 }
  let usage = await readKeyUsage(session)
  for (let round = 1; ; round += 1) {
    const { unreadable, ...done } = await resealRound(session, keyring, usage, say)
    total.resealed += done.resealed
    total.changedMeanwhile += done.changedMeanwhile
    total.unreadable = unreadable
    await resealSentinel(session, keyring, await readKeyUsage(session))
    usage = await readKeyUsage(session)
    const left = sealedTables.reduce((sum, table) => sum + olderValuesIn(usage, table, keyring.sealing.kid), 0)
    if (left <= unreadable || round === mostRounds) return { ...total, usage }
    await sleep(pauseMs, undefined, { signal: stopping })
  }
}

async function resealRound(
  session: Client,
  keyring: Keyring,
  usage: KeyUsage,
  say: (line: string) => void,
): Promise<Resealed> {
  const total: Resealed = { resealed: 0, changedMeanwhile: 0, unreadable: 0 }
  for (const table of sealedTables) {
    const older = olderValuesIn(usage, table, keyring.sealing.kid)
    if (older === 0) continue
    const result = await resealTable(session, table, keyring, progressOf(table.table, older, say))
    say(`${table.table}: ${counted(result.resealed, 'row')} re-sealed`)
    for (const name of ['resealed', 'changedMeanwhile', 'unreadable'] as const) total[name] += result[name]
  }
  return total
}

/** Reports the progress from time to time. */
function progressOf(table: string, values: number, say: (line: string) => void): (rows: number) => void {
  let [rows, lastNotice] = [0, Date.now()]
  return (more) => {
    rows += more
    if (Date.now() - lastNotice < noticeMs) return
    lastNotice = Date.now()
    say(`${table}: ${counted(rows, 'row')} so far, of ${counted(values, 'value')}`)
  }
}
