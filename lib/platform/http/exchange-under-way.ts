import 'server-only'
import type { Refusal } from '@/lib/domain/result'
import { dispatchHop, type HopResponse, type RunningHop } from './dispatch-hop'
import { dispatcherFor } from './dispatchers'
import { explainFailure } from './explain-failure'
import { SendFailure } from './failure'
import type { Network } from './network'
import { acceptedEncodings } from './read-body'
import type { Hop, RedirectRules } from './redirect'
import { isRepeatable } from './repeatable'
import { defaultMaxResponseBytes, type Delivery, type RawSendOptions } from './send-options'
import type { StreamedBody } from './streamed-body'
import type { TlsMaterial } from './tls-context'
import { Trace } from './trace'

/** Clearance was refused, so nothing is sent. */
export class Withheld extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message)
  }
}

/** Opening the connection took longer than a clearance is valid. */
class ClearanceTooOld extends Error {}

const clearanceValidMs = 100
const noTls: TlsMaterial = {}
const connectionLost = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** A send with its redirects and retries: one deadline, one trace, at most one request at a time. */
export class Exchange {
  readonly trace = new Trace()
  readonly rules: RedirectRules
  readonly redirects: string[] = []
  /** The delivery so far. */
  delivery: Delivery = 'not_sent'
  tls: TlsMaterial
  /** Of the next request, if its body is streamed. */
  body: StreamedBody | undefined
  private running: RunningHop | null = null
  private stopped: Error | null = null
  private deadlinePassed = false
  private readonly timer: NodeJS.Timeout
  private readonly progress = () => void this.timer.refresh()
  private readonly giveUp = () => this.stop(new Error('the caller gave up'))

  constructor(
    /** The URL that is being requested, for the message of a failure. */
    public current: URL,
    readonly options: RawSendOptions,
    private readonly network: Network,
  ) {
    const { credentialNames, secrets, allowedOrigin, signal, timeoutMs } = options
    this.rules = {
      credentialNames: credentialNames ?? { headers: [], queryKeys: [] },
      secrets,
      allowedOrigin: allowedOrigin ?? (() => true),
    }
    this.tls = options.tls ?? noTls
    this.body = options.body
    if (options.streams && this.body) this.body.onProgress = this.progress
    this.timer = setTimeout(() => {
      this.deadlinePassed = true
      this.stop(new Error('the deadline has passed'))
    }, timeoutMs)
    if (signal?.aborted) this.giveUp()
    signal?.addEventListener('abort', this.giveUp, { once: true })
  }

  finish(): void {
    clearTimeout(this.timer)
    this.options.signal?.removeEventListener('abort', this.giveUp)
  }

  explain(error: unknown): Refusal {
    return explainFailure(error, {
      url: this.current,
      phase: this.trace.phase,
      timeoutMs: this.options.timeoutMs,
      deadlinePassed: this.deadlinePassed,
      stopped: this.options.signal?.aborted ?? false,
    })
  }

  /**
   * The server may have closed a reused connection: a request that was not written, or may be repeated, is sent again.
   * Clearance is requested each time, and again if opening a connection took too long.
   */
  async request(hop: Hop): Promise<HopResponse> {
    for (let lost = false; ;) {
      const clearedAt = await this.clear()
      const connections = this.trace.connections
      let written = false
      const onStart = () => {
        written = true
        this.delivery = 'unknown'
      }
      try {
        return await this.dispatch(hop, clearedAt, onStart)
      } catch (error) {
        if (error instanceof ClearanceTooOld) continue
        const code = (error as { code?: string }).code ?? ''
        const wasReused = connectionLost.has(code) && this.trace.connections === connections
        const isSpent = written && (this.body !== undefined || !isRepeatable(hop.method))
        if (lost || this.stopped || !wasReused || isSpent) throw error
        lost = true
      }
    }
  }

  private async clear(): Promise<number | null> {
    if (this.stopped) throw this.stopped
    if (!this.options.clearance) return null
    const cleared = await this.options.clearance()
    if (!cleared.ok) throw new Withheld(cleared.error)
    if (this.stopped) throw this.stopped
    return performance.now()
  }

  private dispatch(hop: Hop, clearedAt: number | null, onStart: () => void): Promise<HopResponse> {
    const { maxResponseBytes = defaultMaxResponseBytes, sampleBytes = 0 } = this.options
    const dispatcher = dispatcherFor(this.network, this.tls)
    this.running = dispatchHop(
      dispatcher,
      { ...hop, headers: withDefaults(hop.headers), stream: this.body },
      {
        onProgress: this.options.streams ? this.progress : undefined,
        limit: maxResponseBytes,
        sampleBytes,
        explain: (error) => this.bodyFailure(error),
        mayStart: () => {
          if (clearedAt !== null && performance.now() - clearedAt > clearanceValidMs) throw new ClearanceTooOld()
        },
        onStart,
      },
    )
    return this.running.response
  }

  private bodyFailure(error: Error): SendFailure {
    const { code, message } = this.explain(error)
    return new SendFailure(code, message)
  }

  private stop(reason: Error): void {
    this.stopped = reason
    this.running?.stop(reason)
  }
}

const defaults: Hop['headers'] = [
  ['accept', '*/*'],
  ['accept-encoding', acceptedEncodings],
  ['user-agent', 'Patchbay'],
]

function withDefaults(headers: Hop['headers']): Hop['headers'] {
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  return [...headers, ...defaults.filter(([name]) => !given.has(name))]
}
