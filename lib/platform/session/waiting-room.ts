import 'server-only'
import { longestDelayWaited, waitInWords, type CounterKind } from '@/lib/domain/access/sign-in-throttle'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { askAdmission, countersOf, type CounterKeys, type SignInSource } from './throttle'

/**
 * The queue of sign-ins of this process. They wait instead of being refused because of other attempts that may succeed.
 * One at a time asks the database. Attempts from the address with the fewest failures and the fewest waiting attempts
 * go first, so that many attempts from one address wait behind each other, and a new person goes before all who have
 * failed.
 */

/** The longest time that an attempt waits, unless another one with the same counters succeeds. */
const longestWaitMs = 30_000
/** Each waiting attempt occupies a request, so further ones are refused. */
const mostWaiting = { inAll: 2_000, fromOneAddress: 300 }

export type Admitted = { keys: CounterKeys; counted: CounterKind[] }

type Waiter = {
  keys: CounterKeys
  /** The keys of the counters that decide, known after the first time it asked. */
  judgedBy: ReadonlySet<string>
  failures: number
  /** On this process's clock. */
  notBefore: number
  giveUpAt: number
  settle: (answer: Result<Admitted>) => void
  fail: (error: unknown) => void
}

const waiters = new Set<Waiter>()
let isAsking = false
let timer: NodeJS.Timeout | undefined

const refused = (sentence: string) => refuse('too_many_attempts', `Too many attempts to sign in. ${sentence}`)
const busy = () => refused('Others are still being checked. Try again in a minute.')

/** Resolves when the password may be verified, and counts the attempt. Otherwise it refuses and says for how long. */
export function waitForTurn(source: SignInSource): Promise<Result<Admitted>> {
  const keys = countersOf(source)
  const before = [...waiters].filter((waiter) => waiter.keys.pair === keys.pair).length
  if (before >= mostWaiting.fromOneAddress || !makeRoom(before)) return Promise.resolve(busy())
  return new Promise((settle, fail) => {
    const giveUpAt = Date.now() + longestWaitMs
    waiters.add({ keys, judgedBy: new Set(), failures: 0, notBefore: 0, giveUpAt, settle, fail })
    void askInTurn()
  })
}

/**
 * If the queue is full, an attempt replaces the last one in rank if it ranks before it, so that a flood cannot block
 * others.
 */
function makeRoom(rank: number): boolean {
  if (waiters.size < mostWaiting.inAll) return true
  const last = ranked().reduce((one, other) => (other.rank > one.rank ? other : one))
  if (last.rank <= rank) return false
  leave(last.waiter, busy())
  return true
}

/**
 * The rank of each attempt, the lowest first: the failures of its pair plus the number of its earlier attempts. Equal
 * ranks are in the order of arrival.
 */
function ranked(): { waiter: Waiter; rank: number }[] {
  const before = new Map<string, number>()
  return [...waiters].map((waiter) => {
    const { keys, failures } = waiter
    const earlier = before.get(keys.pair) ?? 0
    before.set(keys.pair, earlier + 1)
    return { waiter, rank: failures + earlier }
  })
}

/** After a successful sign-in, attempts that were counted together with it may continue. */
export function wake(keys: CounterKeys): void {
  const freed = Object.values(keys)
  for (const waiter of waiters) {
    if (!Object.values(waiter.keys).some((key) => freed.includes(key))) continue
    waiter.notBefore = 0
    waiter.giveUpAt = Date.now() + longestWaitMs
  }
  void askInTurn()
}

async function askInTurn(): Promise<void> {
  if (isAsking) return
  isAsking = true
  for (let next = firstReady(); next; next = firstReady()) await ask(next)
  isAsking = false
  clearTimeout(timer)
  if (waiters.size === 0) return
  const soonest = Math.min(...[...waiters].map(({ notBefore }) => notBefore))
  timer = setTimeout(() => void askInTurn(), Math.max(1, soonest - Date.now()))
}

function firstReady(): Waiter | undefined {
  const now = Date.now()
  for (const waiter of waiters) if (waiter.giveUpAt <= now) leave(waiter, busy())
  const ready = ranked().filter(({ waiter }) => waiter.notBefore <= now)
  if (ready.length === 0) return undefined
  return ready.reduce((one, other) => (other.rank < one.rank ? other : one)).waiter
}

function leave(waiter: Waiter, answer: Result<Admitted>): void {
  waiters.delete(waiter)
  waiter.settle(answer)
}

async function ask(waiter: Waiter): Promise<void> {
  const { keys } = waiter
  try {
    const asked = await askAdmission(keys)
    if (asked.goes) return leave(waiter, succeed({ keys, counted: asked.counted }))
    waiter.failures = asked.failures
    // A known pair is judged only by its own counter, so nothing else blocks it.
    waiter.judgedBy = new Set(asked.by === 'pair' ? [keys.pair] : Object.values(keys))
    const until = Date.now() + asked.waitMs
    const message = refused(`Try again in ${waitInWords(new Date(until), new Date())}.`)
    for (const other of waiters) {
      if (other !== waiter && !isBlockedToo(other, keys[asked.by]!)) continue
      if (asked.waitMs > longestDelayWaited) leave(other, message)
      else other.notBefore = until
    }
  } catch (error) {
    waiters.delete(waiter)
    waiter.fail(error)
  }
}

/** A counter that blocks one attempt blocks all others that it decides about, so they need not ask. */
function isBlockedToo({ keys, judgedBy }: Waiter, key: string): boolean {
  return keys.pair === key || judgedBy.has(key)
}
