import 'server-only'
import { longestDelayWaited, waitInWords, type CounterKind } from '@/lib/domain/access/sign-in-throttle'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { askAdmission, countersOf, type CounterKeys, type SignInSource } from './throttle'

/**
 * Where sign-ins of this process wait for their turn instead of being refused because of others in progress, which may
 * succeed. One at a time asks the database. The order is by the fewest failures from the address and the fewest waiting
 * from it: many attempts from one address wait behind each other, and a new person goes before all who have failed.
 */

/** How long an attempt waits at most, unless another one that was counted with it succeeds. */
const longestWaitMs = 30_000
/** Each occupies a request, so more are refused. */
const mostWaiting = { inAll: 2_000, fromOneAddress: 300 }

export type Admitted = { keys: CounterKeys; counted: CounterKind[] }

type Waiter = {
  keys: CounterKeys
  /** Once asked: the keys of the counters that decide. */
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

/** Resolves when the password may be verified; the attempt is counted then. Or refuses, and says for how long. */
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

/** If the room is full, an attempt replaces the last in rank if it ranks before it, so that a flood cannot block others. */
function makeRoom(rank: number): boolean {
  if (waiters.size < mostWaiting.inAll) return true
  const last = ranked().reduce((one, other) => (other.rank > one.rank ? other : one))
  if (last.rank <= rank) return false
  leave(last.waiter, busy())
  return true
}

/** The lowest comes first: failures of the pair, and how many of it came earlier. Equal ones are in the order they came. */
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
    // A pair that is known is judged by itself alone, and so never blocked by anything else.
    waiter.judgedBy = new Set(asked.by === 'pair' ? [keys.pair] : Object.values(keys))
    const until = Date.now() + asked.waitMs
    const message = refused(`Try again in ${waitInWords(new Date(until), new Date())}.`)
    for (const other of waiters) {
      if (other !== waiter && !isHeldUpToo(other, keys[asked.by]!)) continue
      if (asked.waitMs > longestDelayWaited) leave(other, message)
      else other.notBefore = until
    }
  } catch (error) {
    waiters.delete(waiter)
    waiter.fail(error)
  }
}

/** What blocks one blocks all that the same counter decides about, without each of them asking. */
function isHeldUpToo({ keys, judgedBy }: Waiter, key: string): boolean {
  return keys.pair === key || judgedBy.has(key)
}
