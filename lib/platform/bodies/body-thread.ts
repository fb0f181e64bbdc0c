import { Worker } from 'node:worker_threads'
import { refuse, type Result } from '@/lib/domain/result'

/** The thread that reads large bodies, as the main thread sees it: one question at a time, the smallest first. */

export type ThreadQuestion = {
  name: string
  input: unknown
  /** The size of the bodies in the input. */
  bytes: number
  /** Moves to the thread instead of being copied. */
  handOver: readonly ArrayBuffer[]
}

/** A message of the thread. */
export type ThreadReply = { ready: true } | { value: unknown } | { error: unknown }

export type ThreadOptions = {
  file: string
  /** The thread could not start, or ended by itself. */
  onFailure: (error: unknown) => void
  /** The time limit for one question. */
  limitMs?: number
  mostWaiting?: number
}

type Waiting = ThreadQuestion & { settle: (answer: Result<unknown>) => void; fail: (error: unknown) => void }

/** In MiB. The thread ends if it needs more. Two million values take about 130 MiB. */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

const tooCostly = () =>
  refuse('too_costly', 'Reading the response takes too much time or memory. Request less data at once.')
const tooMany = () =>
  refuse(
    'too_costly',
    'Too many large responses are waiting to be read. Try again in a moment, or request less data at once.',
  )

/**
 * Started with the first question, and again after it has ended. An idle thread does not keep the process alive. It
 * ends with the process, not earlier, because the last lines of the request log need it.
 */
export class BodyThread {
  private worker: Worker | null = null
  private isReady = false
  private current: Waiting | null = null
  private timer: NodeJS.Timeout | undefined
  private readonly waiting: Waiting[] = []

  constructor(private readonly options: ThreadOptions) {}

  ask(question: ThreadQuestion): Promise<Result<unknown>> {
    const { mostWaiting = 256 } = this.options
    if (this.waiting.length >= mostWaiting) return Promise.resolve(tooMany())
    return new Promise((settle, fail) => {
      this.waiting.push({ ...question, settle, fail })
      this.next()
    })
  }

  /** Small ones go first, so that many large ones do not delay them. */
  private next(): void {
    if (this.current !== null || this.waiting.length === 0) return
    const smallest = this.waiting.reduce((one, other) => (other.bytes < one.bytes ? other : one))
    this.waiting.splice(this.waiting.indexOf(smallest), 1)
    this.current = smallest
    const worker = (this.worker ??= this.start())
    worker.ref()
    const { name, input, handOver } = smallest
    try {
      worker.postMessage({ name, input }, handOver)
    } catch (error) {
      this.over(({ fail }) => fail(error))
      return
    }
    // From here on only the thread needs the input.
    smallest.input = null
    if (this.isReady) this.limitTime()
  }

  private start(): Worker {
    const { file, onFailure } = this.options
    const worker = new Worker(/* turbopackIgnore: true */ file, {
      // The thread needs no settings or secrets of the process, and no loader: Node reads TypeScript itself, with a
      // warning in version 22.
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: memory,
    })
    worker.on('message', (reply: ThreadReply) => this.receive(reply))
    worker.on('error', (error: NodeJS.ErrnoException) => {
      onFailure(error.code ?? error)
      this.end(worker)
    })
    worker.on('exit', () => this.end(worker))
    return worker
  }

  private receive(reply: ThreadReply): void {
    if ('ready' in reply) {
      this.isReady = true
      if (this.current !== null) this.limitTime()
    } else if ('error' in reply) this.over(({ fail }) => fail(reply.error))
    else this.over(({ settle }) => settle({ ok: true, value: reply.value }))
  }

  private limitTime(): void {
    const { worker } = this
    this.timer = setTimeout(() => worker && this.end(worker), this.options.limitMs ?? 30_000)
  }

  /** Stops the current question; the next one starts another thread. */
  private end(worker: Worker): void {
    if (this.worker !== worker) return
    this.worker = null
    this.isReady = false
    void worker.terminate()
    this.over(({ settle }) => settle(tooCostly()))
  }

  private over(settle: (question: Waiting) => void): void {
    clearTimeout(this.timer)
    this.worker?.unref()
    const { current } = this
    this.current = null
    if (current !== null) settle(current)
    this.next()
  }
}
