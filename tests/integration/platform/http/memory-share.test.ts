import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MemoryShare } from '@/lib/platform/http/memory-share'

const mebibyte = 1024 * 1024

function aShare(): MemoryShare {
  const share = new MemoryShare()
  onTestFinished(() => share.giveBack())
  return share
}

const aBody = () => new Readable({ read: () => {} }).on('error', () => {})

/** What the promise has become once everything that is due has been done. */
async function stateOf(growing: Promise<void> | undefined): Promise<'done' | 'waiting' | 'failed'> {
  let state: 'done' | 'waiting' | 'failed' = 'waiting'
  void Promise.resolve(growing).then(
    () => (state = 'done'),
    () => (state = 'failed'),
  )
  await setImmediate()
  return state
}

describe('the memory that large responses share', () => {
  it('is free for those that fit, and small ones never wait', async () => {
    const [first, second, small] = [aShare(), aShare(), aShare()]
    expect(first.growTo(10 * mebibyte, aBody())).toBe(undefined)
    expect(second.growTo(14 * mebibyte, aBody())).toBe(undefined)
    expect(small.growTo(64 * 1024, aBody())).toBe(undefined)
  })

  it('makes the next one wait until another has released its part', async () => {
    const [first, second, third] = [aShare(), aShare(), aShare()]
    void first.growTo(10 * mebibyte, aBody())
    void second.growTo(10 * mebibyte, aBody())
    const growing = third.growTo(10 * mebibyte, aBody())
    expect(await stateOf(growing)).toBe('waiting')
    first.giveBack()
    expect(await stateOf(growing)).toBe('done')
  })

  it('never makes the oldest wait, so that one can always continue', async () => {
    const [first, second, third] = [aShare(), aShare(), aShare()]
    void first.growTo(9 * mebibyte, aBody())
    void second.growTo(9 * mebibyte, aBody())
    void third.growTo(6 * mebibyte, aBody())
    const growing = second.growTo(10 * mebibyte, aBody())
    expect(await stateOf(growing)).toBe('waiting')
    expect(first.growTo(10 * mebibyte, aBody())).toBe(undefined)
    first.giveBack()
    expect(await stateOf(growing)).toBe('done')
  })

  it('ends the waiting when the time limit is reached, with an error for the body', async () => {
    const [first, second] = [aShare(), aShare()]
    void first.growTo(20 * mebibyte, aBody())
    const body = aBody()
    const growing = second.growTo(10 * mebibyte, body)
    expect(await stateOf(growing)).toBe('waiting')
    body.destroy(new Error('the deadline has passed'))
    await expect(growing).rejects.toThrow('the deadline has passed')
  })
})
