import { beforeEach, describe, expect, it } from 'vitest'
import { showBody } from '@/lib/calls/show-body'
import { workMeter } from '@/lib/domain/work-meter'
import { askAboutBody, mostInMainThread } from '@/lib/platform/bodies/ask-about-body'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

beforeEach(() => void (workMeter.most = 0))

const about = (text: string, handOver = false) => {
  const body = new TextEncoder().encode(text)
  const input = { body, dataPath: '', secrets: ['hunter22'], fieldNames: [], page: null }
  return { body, shown: askAboutBody(showBody, input, { bodies: [body], handOver }) }
}

describe('the main thread reads small bodies, and no large ones', () => {
  it('up to 64 KiB', async () => {
    const text = `["hunter22${'x'.repeat(mostInMainThread - 12)}"]`
    const { shown } = about(text)
    expect(await shown).toMatchObject({ ok: true, value: { isJson: true, recordCount: 1 } })
    expect(workMeter.most).toBe(mostInMainThread)
  })

  it('a byte more is read in the thread, and its secrets are redacted there', async () => {
    const { shown } = about(`["hunter22${'x'.repeat(mostInMainThread - 11)}"]`)
    const read = await shown
    expect(read).toMatchObject({ ok: true, value: { isJson: true, recordCount: 1, truncated: false } })
    expect(read.ok && read.value.body.slice(0, 9)).toBe('["••••••x')
    expect(workMeter.most).toBe(0)
  })

  it('of XML up to 8 KiB', async () => {
    await about(`<r>${'<a/>'.repeat(2_000)}</r>`).shown
    expect(workMeter.most).toBe(8_007)
    workMeter.most = 0
    await about(` \n<r>${'<a/>'.repeat(3_000)}</r>`).shown
    // Its first bytes tell that it is XML.
    expect(workMeter.most).toBe(256)
  })

  it('transfers the memory of a body that is no longer needed, and copies any other', async () => {
    const [given, kept] = [about('x'.repeat(100_000), true), about('x'.repeat(100_000))]
    await Promise.all([given.shown, kept.shown])
    expect([given.body.byteLength, kept.body.byteLength]).toEqual([0, 100_000])
  })

  it('a question that the thread does not know is a bug', async () => {
    const body = new Uint8Array(100_000)
    const unknown = bodyQuestion('unknown', () => 1)
    await expect(askAboutBody(unknown, null, { bodies: [body] })).rejects.toThrow('Unknown question "unknown"')
  })
})
