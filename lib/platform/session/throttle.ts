import 'server-only'
import { createHash } from 'node:crypto'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { countAttempt, freeAttempts, isBlocked, takeBack, waitInWords } from '@/lib/domain/access/sign-in-throttle'

/** Who tries to sign in: counted by the e-mail and by the address the attempt comes from. */
export type SignInSource = { email: string; address: string | null }

type Kind = keyof typeof freeAttempts
type Counter = { key: string; kind: Kind }

const day = 24 * 60 * 60 * 1_000

function countersOf(source: SignInSource): Counter[] {
  const counter = (kind: Kind, text: string) => ({
    kind,
    key: createHash('sha256').update(`${kind}:${text}`).digest('base64url'),
  })
  const counters = [counter('email', source.email)]
  if (source.address !== null) counters.push(counter('address', source.address))
  // Always locked in the same order, so that two attempts cannot wait for each other.
  return counters.sort((one, other) => (one.key < other.key ? -1 : 1))
}

type Row = { key: string; failures: number; windowStart: Date; blockedUntil: Date | null }

async function lockCounters(transaction: Prisma.TransactionClient, counters: Counter[], now: Date): Promise<Row[]> {
  const keys = counters.map((counter) => counter.key)
  await transaction.signInThrottle.createMany({
    data: keys.map((key) => ({ key, windowStart: now })),
    skipDuplicates: true,
  })
  return transaction.$queryRaw<
    Row[]
  >`SELECT "key", "failures", "windowStart", "blockedUntil" FROM "SignInThrottle" WHERE "key" = ANY(${keys}) ORDER BY "key" FOR UPDATE`
}

/** Counts the attempt, or refuses it while one of its counters is blocked. Holds across all processes. */
export async function admitAttempt(source: SignInSource, now: Date): Promise<Result<null>> {
  const counters = countersOf(source)
  return systemDb().$transaction(async (transaction) => {
    const rows = await lockCounters(transaction, counters, now)
    const blocked = rows.filter((row) => isBlocked(row, now)).map((row) => row.blockedUntil!)
    if (blocked.length > 0) {
      const until = new Date(Math.max(...blocked.map(Number)))
      return refuse('too_many_attempts', `Too many attempts to sign in. Try again in ${waitInWords(until, now)}.`)
    }
    for (const row of rows) {
      const { kind } = counters.find((counter) => counter.key === row.key)!
      await transaction.signInThrottle.update({
        where: { key: row.key },
        data: countAttempt(row, freeAttempts[kind], now),
      })
    }
    return succeed(null)
  })
}

/** After the right password: the e-mail starts afresh, the address gets its one attempt back. Old counters go. */
export async function forgiveAttempt(source: SignInSource, now: Date): Promise<void> {
  const counters = countersOf(source)
  await systemDb().$transaction(async (transaction) => {
    const rows = await lockCounters(transaction, counters, now)
    for (const row of rows) {
      const { kind } = counters.find((counter) => counter.key === row.key)!
      if (kind === 'email') await transaction.signInThrottle.delete({ where: { key: row.key } })
      else await transaction.signInThrottle.update({ where: { key: row.key }, data: takeBack(row, freeAttempts[kind]) })
    }
  })
  await systemDb().signInThrottle.deleteMany({ where: { windowStart: { lt: new Date(now.getTime() - day) } } })
}
