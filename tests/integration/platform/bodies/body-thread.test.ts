import { describe, expect, it } from 'vitest'
import { BodyThread, type ThreadOptions } from '@/lib/platform/bodies/body-thread'

const failures: unknown[] = []

function aThread(options: Partial<ThreadOptions> = {}) {
  const thread = new BodyThread({
    file: `${process.cwd()}/tests/support/body-thread.ts`,
    onFailure: (error) => failures.push(error),
    ...options,
  })
  return (name: string, input: unknown = null, { bytes = 1, handOver = [] as ArrayBuffer[] } = {}) =>
    thread.ask({ name, input, bytes, handOver })
}

const tooCostly = { ok: false, error: { code: 'too_costly' } }

describe('the thread that reads large bodies', () => {
  it('answers one question after the other', async () => {
    const ask = aThread()
    expect(await Promise.all([1, 2, 3].map((number) => ask('double', number)))).toEqual(
      [2, 4, 6].map((value) => ({ ok: true, value })),
    )
  })

  it('takes the memory of a body instead of a copy', async () => {
    const body = new Uint8Array(1_000_000)
    expect(await aThread()('length', body, { handOver: [body.buffer] })).toEqual({ ok: true, value: 1_000_000 })
    expect(body.byteLength).toBe(0)
  })

  it('answers the smallest waiting question first', async () => {
    const ask = aThread()
    const order: number[] = []
    const asked = (bytes: number) => ask('double', bytes, { bytes }).then(() => order.push(bytes))
    await Promise.all([asked(50), asked(40), asked(10), asked(20)])
    expect(order).toEqual([50, 10, 20, 40])
  })

  it('is stopped if it takes too long, and restarted for the next question', async () => {
    const ask = aThread({ limitMs: 200 })
    const [endless, next] = await Promise.all([ask('never'), ask('double', 4, { bytes: 2 })])
    expect(endless).toMatchObject(tooCostly)
    expect(next).toEqual({ ok: true, value: 8 })
  })

  it('is stopped if it needs too much memory, and restarted for the next question', async () => {
    const ask = aThread()
    expect(await ask('greedy')).toMatchObject(tooCostly)
    expect(failures).toContain('ERR_WORKER_OUT_OF_MEMORY')
    expect(await ask('double', 4)).toEqual({ ok: true, value: 8 })
  })

  it('refuses further questions when too many wait', async () => {
    const ask = aThread({ mostWaiting: 1 })
    const [first, second, third] = await Promise.all([ask('double', 1), ask('double', 2), ask('double', 3)])
    expect([first, second].every(({ ok }) => ok)).toBe(true)
    expect(third).toMatchObject(tooCostly)
  })

  it('passes an error on to the caller, and continues', async () => {
    const ask = aThread()
    await expect(ask('throws')).rejects.toThrow('a bug')
    expect(await ask('double', 4)).toEqual({ ok: true, value: 8 })
  })

  it('refuses what cannot be transferred, and continues', async () => {
    const ask = aThread()
    await expect(ask('double', () => {})).rejects.toThrow('could not be cloned')
    expect(await ask('double', 4)).toEqual({ ok: true, value: 8 })
  })

  it('that cannot be started: the question is still answered', async () => {
    expect(await aThread({ file: '/nowhere.ts' })('double', 1)).toMatchObject(tooCostly)
  })
})
