import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { badResponses } from '@/tests/sandbox/misbehaving/bad-responses'
import { median, printLines, shown } from '../measure'
import { badTests, type Calls } from './bad-calls'

/**
 * The longest time that other work waits while the process reads a bad response, compared with the same without one.
 */

const rounds = 5
const mostMoreMs = 50
const quietMs = 700

/** False if a kind delays the process more than allowed. */
export async function measureEventLoop(calls: Calls): Promise<boolean> {
  // Warm-up: compiles the code and starts the threads.
  for (const name of ['many-records', 'repeated-secret', 'long-html']) await calls.bad(name)
  const quiet: number[] = []
  const kinds = [
    ...badResponses.map(({ name }) => ({ name, work: () => calls.bad(name), delays: [] as number[] })),
    ...badTests.map((name) => ({ name: `${name}, tested`, work: () => calls.badTest(name), delays: [] as number[] })),
  ]
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { work, delays }] of kinds.entries()) {
      if (index % 4 === 0) quiet.push(await longestDelay(calls, () => sleep(quietMs)))
      delays.push(await longestDelay(calls, work))
    }
  }
  const usual = median(quiet)
  const rows = kinds.map(({ name, delays }) => ({ name, delay: median(delays), more: median(delays) - usual }))
  const lines = rows
    .toSorted((one, other) => other.delay - one.delay)
    .map(({ name, delay, more }) => [name, shown(delay), shown(Math.max(0, more)), shown(mostMoreMs)])
  printLines([
    ['Longest delay of the event loop', 'median', 'more', 'at most'],
    ['(without a bad response)', shown(usual), '', ''],
    ...lines,
  ])
  return rows.every(({ more }) => more <= mostMoreMs)
}

/** Meanwhile two other callers make normal calls. */
async function longestDelay(calls: Calls, work: () => Promise<unknown>): Promise<number> {
  let isOver = false
  const other = async () => {
    while (!isOver) await calls.good()
  }
  const others = [other(), other()]
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  await work()
  delay.disable()
  isOver = true
  await Promise.all(others)
  return delay.max / 1e6
}
