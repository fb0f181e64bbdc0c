import { afterAll, beforeEach } from 'vitest'
import { startRequestWorker, type RequestWorker } from './start-request-worker'

/**
 * Two other server processes on the same database. Starting one takes seconds, so the tests of a file share them. A
 * killed one is replaced before the next test.
 */
export function twoRequestWorkers(): RequestWorker[] {
  const workers: RequestWorker[] = []
  beforeEach(async () => {
    const alive = workers.filter((worker) => worker.isAlive())
    const started = await Promise.all(Array.from({ length: 2 - alive.length }, startRequestWorker))
    workers.splice(0, workers.length, ...alive, ...started)
  }, 60_000)
  afterAll(() => Promise.all(workers.map((worker) => worker.kill())))
  return workers
}
