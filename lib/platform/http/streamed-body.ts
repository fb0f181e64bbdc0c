/**
 * The body of a request that a caller is still sending. It is read once, in constant memory: what was read ahead is sent
 * first. A reader that does not ask for more slows the caller down.
 */
export class StreamedBody implements AsyncIterable<Uint8Array> {
  /** Passed on so far. */
  bytes = 0
  /** How many of the first bytes to store for the log. */
  sampleBytes = 0
  /** Called for each piece that is passed on. */
  onProgress: () => void = () => {}
  private ahead: Uint8Array[] = []
  private aheadBytes = 0
  private sampled: Uint8Array[] = []
  private sampledBytes = 0
  private isComplete = false
  private readonly source: AsyncIterator<Uint8Array>

  /** @param length of the whole body in bytes, if the caller said so */
  constructor(
    source: AsyncIterable<Uint8Array>,
    readonly length: number | null,
  ) {
    this.source = source[Symbol.asyncIterator]()
  }

  static of(bytes: Uint8Array): StreamedBody {
    return new StreamedBody(
      (async function* () {
        yield bytes
      })(),
      bytes.byteLength,
    )
  }

  /** The first bytes that were passed on. */
  get sample(): Uint8Array {
    return Buffer.concat(this.sampled).subarray(0, this.sampleBytes)
  }

  /**
   * The whole body if it is not longer than the limit, otherwise null. Either way nothing is lost: it can be read again,
   * or passed on from its first byte.
   */
  async readWhole(limit: number): Promise<Uint8Array | null> {
    if (this.length !== null && this.length > limit) return null
    while (!this.isComplete && this.aheadBytes <= limit) {
      const { done, value } = await this.source.next()
      if (done) this.isComplete = true
      else {
        this.ahead.push(value)
        this.aheadBytes += value.byteLength
      }
    }
    if (this.aheadBytes > limit) return null
    this.ahead = [Buffer.concat(this.ahead)]
    return this.ahead[0]!
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.ahead.shift()
      if (chunk !== undefined) yield this.passOn(chunk)
      else if (this.isComplete) return
      else {
        const { done, value } = await this.source.next()
        if (done) this.isComplete = true
        else yield this.passOn(value)
      }
    }
  }

  private passOn(chunk: Uint8Array): Uint8Array {
    this.onProgress()
    this.bytes += chunk.byteLength
    if (this.sampledBytes < this.sampleBytes) {
      this.sampled.push(chunk)
      this.sampledBytes += chunk.byteLength
    }
    return chunk
  }
}
