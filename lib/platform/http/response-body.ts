import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { responseTooLarge } from './response-too-large'
import { SendFailure } from './failure'

type Options = {
  onProgress?: () => void
  controller: Dispatcher.DispatchController
  /** A larger body fails. */
  limit: number
  /** The number of first bytes to store for the log. */
  sampleBytes: number
  explain: (error: Error) => SendFailure
}

/** Streams the bytes of a response from the connection, which waits while nobody reads. Trailers are ignored. */
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
    // It may fail before anybody reads it; the reader gets the error later.
    this.on('error', () => {})
  }

  /** The first bytes as received, possibly compressed. */
  get sample(): Uint8Array {
    return Buffer.concat(this.chunks).subarray(0, this.options.sampleBytes)
  }

  /** Calls `work` when the body is complete or has failed, or at once if it already has. */
  whenOver(work: () => void): void {
    if (this.over) work()
    else this.enders.push(work)
  }

  receive(chunk: Buffer): void {
    this.bytes += chunk.byteLength
    this.options.onProgress?.()
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
    if (unread) this.options.controller.abort(error ?? new Error('the response is no longer read'))
    done(error && this.options.explain(error))
  }

  private end(): void {
    if (this.over) return
    this.over = true
    for (const work of this.enders) work()
  }
}
