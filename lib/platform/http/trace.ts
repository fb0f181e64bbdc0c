import { AsyncLocalStorage } from 'node:async_hooks'

/** How long each part took, in milliseconds; null if it was not reached or not needed (a reused connection). */
export type Timing = {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  /** From the start to the first byte of the final response. */
  firstByteMs: number | null
  totalMs: number
}

export type TracePhase = 'resolving' | 'connecting' | 'securing' | 'waiting' | 'reading'

/**
 * Traces a send() through its connections. The pool, which knows no requests, opens them, so the trace is passed as
 * asynchronous context.
 */
export class Trace {
  phase: TracePhase = 'waiting'
  /** Connections opened so far. */
  connections = 0
  private readonly startedAt = performance.now()
  private readonly spent: Partial<Record<TracePhase, number>> = {}
  private firstByteAt: number | null = null

  /** Runs a part and adds its time. After a failure the phase stays, so that a time-out can say what it waited for. */
  async measure<Value>(phase: 'resolving' | 'connecting' | 'securing', part: () => Promise<Value>): Promise<Value> {
    this.phase = phase
    const startedAt = performance.now()
    try {
      const value = await part()
      this.phase = 'waiting'
      return value
    } finally {
      this.spent[phase] = (this.spent[phase] ?? 0) + performance.now() - startedAt
    }
  }

  answered(): void {
    this.phase = 'reading'
    this.firstByteAt = performance.now()
  }

  /** The next hop of a redirect begins. */
  again(): void {
    this.phase = 'waiting'
    this.firstByteAt = null
  }

  timing(): Timing {
    const since = (moment: number) => Math.round(moment - this.startedAt)
    const part = (phase: TracePhase) => (this.spent[phase] === undefined ? null : Math.round(this.spent[phase]))
    return {
      dnsMs: part('resolving'),
      connectMs: part('connecting'),
      tlsMs: part('securing'),
      firstByteMs: this.firstByteAt === null ? null : since(this.firstByteAt),
      totalMs: since(performance.now()),
    }
  }
}

export const traces = new AsyncLocalStorage<Trace>()
