import { expect, test } from 'vitest'
import { workersOf } from '@/lib/platform/server/workers'

/** The launcher's part, with small programs instead of workers. */

const waits = ['-e', `process.on('SIGTERM', () => process.exit(0)); process.send('ready'); setInterval(() => {}, 1000)`]

function starting(program: string[], count = 1) {
  const lines: string[] = []
  const written: string[] = []
  const workers = workersOf({
    count,
    program,
    environment: {} as NodeJS.ProcessEnv,
    firstPauseMs: 100,
    say: (line) => lines.push(line),
    onOutput: (text) => written.push(text),
  })
  workers.start()
  return { workers, lines, written }
}

test('a worker that ends by itself is started again, each time after a longer pause, and a line says why', async () => {
  const startedAt = performance.now()
  const { workers, lines, written } = starting(['-e', 'console.log(process.pid); process.exit(7)'])
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(4)
  // 100, 200 and 400 ms.
  expect(performance.now() - startedAt).toBeGreaterThan(700)
  await workers.stop()
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe('A worker has ended by itself (exit code 7). Another one starts in 1 second.')
  expect(new Set(written.join('').trim().split('\n')).size).toBe(4)
})

test('as many workers run as are set, and none after the end', async () => {
  const { workers, lines, written } = starting(
    [waits[0]!, `console.log('begun ' + process.pid); process.on('exit', () => console.log('over')); ${waits[1]}`],
    3,
  )
  const times = (text: string) => written.join('').split(text).length - 1
  await expect.poll(() => times('begun'), { timeout: 20_000 }).toBe(3)
  await workers.stop()
  await expect.poll(() => times('over')).toBe(3)
  expect(lines).toEqual([])

  const none = starting(waits, 0)
  await none.workers.stop()
  expect(none.written).toEqual([])
})

test('a killed worker is named by its signal', async () => {
  const { workers, lines } = starting(['-e', `process.kill(process.pid, 'SIGKILL')`])
  await expect.poll(() => lines[0], { timeout: 20_000 }).toContain('(SIGKILL)')
  await workers.stop()
})
