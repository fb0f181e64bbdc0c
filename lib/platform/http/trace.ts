import { AsyncLocalStorage } from 'node:async_hooks'

/** How long each part took, in milliseconds; null where it was not reached, or not needed (a connection used again). */
export type Timing = {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  /** From the start to the first byte of the final answer. */
  firstByteMs: number | null
  totalMs: number
}

export type TracePhase = 'resolving' | 'connecting' | 'securing' | 'waiting' | 'reading'

/**
 * Follows one send() through its connections. Those are opened by the pool, which knows no request: the trace reaches
 * them as context.
 */
export class Trace {
  phase: TracePhase = 'waiting'
  /** Connections opened so far. */
  connections = 0
  private readonly startedAt = performance.now()
  private readonly spent: Partial<Record<TracePhase, number>> = {}
  private firstByteAt: number | null = null

  /** Runs a part and adds its time; the phase stays where it failed, so that a time-out can say what it waited for. */
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
