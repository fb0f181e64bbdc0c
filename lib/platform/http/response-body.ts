import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { responseTooLarge } from './response-too-large'
import { SendFailure } from './failure'

type Options = {
  controller: Dispatcher.DispatchController
  /** More bytes than this end it with a failure. */
  limit: number
  /** The first bytes are kept for whoever logs the answer. */
  sampleBytes: number
  explain: (error: Error) => SendFailure
}

/** The bytes of an answer as they come from the connection, which waits while nobody reads. Trailers are ignored. */
export class ResponseBody extends Readable {
  /** Received so far. */
  bytes = 0
  private sampled = 0
  private readonly chunks: Uint8Array[] = []
  private over = false
  private readonly enders: (() => void)[] = []
  private readonly options: Options

  constructor(options: Options) {
    super()
    this.options = options
    // It may break off before anybody reads it: the reader then meets the error.
    this.on('error', () => {})
  }

  /** As received: it may be compressed. */
  get sample(): Uint8Array {
    return Buffer.concat(this.chunks).subarray(0, this.options.sampleBytes)
  }

  /** Does the work once all of it has arrived, or nothing more will; at once where that is so already. */
  whenOver(work: () => void): void {
    if (this.over) work()
    else this.enders.push(work)
  }

  receive(chunk: Buffer): void {
    this.bytes += chunk.byteLength
    if (this.bytes > this.options.limit) return void this.destroy(responseTooLarge(this.options.limit))
    if (this.sampled < this.options.sampleBytes) this.chunks.push(chunk)
    this.sampled += chunk.byteLength
    if (!this.push(chunk)) this.options.controller.pause()
  }

  complete(): void {
    this.end()
    this.push(null)
  }

  override _read(): void {
    if (this.options.controller.paused) this.options.controller.resume()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const unread = !this.over
    this.end()
    if (unread) this.options.controller.abort(error ?? new Error('nobody reads the answer any longer'))
    done(error && this.options.explain(error))
  }

  private end(): void {
    if (this.over) return
    this.over = true
    for (const work of this.enders) work()
  }
}
