import 'server-only'
import { createHash } from 'node:crypto'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { networkOf } from '@/lib/domain/access/network-of'
import {
  admit,
  afterSuccess,
  knownForDays,
  type Admission,
  type Counter,
  type CounterKind,
  type Counters,
} from '@/lib/domain/access/sign-in-throttle'

/** The counters of failed sign-ins. They are in the database, so that they apply to all processes and use one clock. */

/** The source of an attempt. Known and unknown e-mails are counted in the same way. */
export type SignInSource = { email: string; address: string | null }

/** The keys of an attempt's counters. They are hashes, so that the table contains no person and no address. */
export type CounterKeys = { pair: string; account: string; address?: string }

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

export function countersOf({ email, address }: SignInSource): CounterKeys {
  const network = address === null ? null : networkOf(address)
  return {
    pair: hash(JSON.stringify(['pair', email, network])),
    account: hash(`email:${email}`),
    ...(network !== null && { address: hash(`address:${network}`) }),
  }
}

type Row = Counter & { key: string; now: Date }
type Locked = { counters: Counters; now: Date }

/**
 * Creates or finds the counters and locks them, in one statement, because the clean-up may delete old ones at any time.
 * Always in the same order, so that two attempts cannot deadlock.
 */
async function lockCounters(tx: Prisma.TransactionClient, keys: CounterKeys): Promise<Locked> {
  const sorted = Object.values(keys).sort()
  const accounts = sorted.map((key) => (key === keys.address ? '' : keys.account))
  const rows = await tx.$queryRaw<Row[]>`
    INSERT INTO "SignInThrottle" ("key", "account")
    SELECT "key", NULLIF("account", '') FROM unnest(${sorted}::text[], ${accounts}::text[]) AS given("key", "account")
    ON CONFLICT ("key") DO UPDATE SET "key" = EXCLUDED."key"
    RETURNING "key", "failures", "lastAttemptAt", "blockedUntil", "succeededAt", clock_timestamp() AS "now"`
  const counter = (wanted: string) => {
    const { failures, lastAttemptAt, blockedUntil, succeededAt } = rows.find(({ key }) => key === wanted)!
    return { failures, lastAttemptAt, blockedUntil, succeededAt }
  }
  const [pair, account] = [counter(keys.pair), counter(keys.account)]
  const counters = keys.address === undefined ? { pair, account } : { pair, account, address: counter(keys.address) }
  return { counters, now: rows.at(-1)!.now }
}

async function write(
  tx: Prisma.TransactionClient,
  keys: CounterKeys,
  counters: Counters,
  kinds: readonly CounterKind[],
): Promise<void> {
  for (const kind of kinds) await tx.signInThrottle.update({ where: { key: keys[kind]! }, data: counters[kind]! })
}

/** Counts the attempt if it may be verified now; otherwise says when it may be. `failures` are those of the pair. */
export async function askAdmission(keys: CounterKeys): Promise<Admission & { failures: number; waitMs: number }> {
  return systemDb().$transaction(async (tx) => {
    const { counters, now } = await lockCounters(tx, keys)
    const admission = admit(counters, now)
    const { failures } = counters.pair
    if (!admission.goes) return { ...admission, failures, waitMs: admission.until.getTime() - now.getTime() }
    await write(tx, keys, admission.counters, admission.counted)
    return { ...admission, failures, waitMs: 0 }
  })
}

/** @param counted by `askAdmission` */
export async function recordSuccess(keys: CounterKeys, counted: readonly CounterKind[]): Promise<void> {
  await systemDb().$transaction(async (tx) => {
    const { counters, now } = await lockCounters(tx, keys)
    await write(tx, keys, afterSuccess(counters, counted, now), [...new Set<CounterKind>(['pair', ...counted])])
  })
}

/**
 * Ends all delays of an account: resets its failures and those of all addresses, because the address of the person is
 * unknown. Known pairs stay known. The rows are locked in the same order as in `lockCounters`.
 */
export async function forgetFailures(email: string): Promise<void> {
  const { account } = countersOf({ email, address: null })
  await systemDb().$executeRaw`
    WITH counters AS (
      SELECT "key" FROM "SignInThrottle" WHERE "account" = ${account} OR "account" IS NULL ORDER BY "key" FOR UPDATE
    )
    UPDATE "SignInThrottle" t SET "failures" = 0, "blockedUntil" = NULL FROM counters WHERE t."key" = counters."key"`
}

/**
 * Deletes the counters that no longer have an effect. Those that an attempt is using are skipped, because waiting for
 * them could deadlock with the attempt.
 */
export async function deleteOldCounters(now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1_000)
  await systemDb().$executeRaw`
    DELETE FROM "SignInThrottle" WHERE "key" IN (
      SELECT "key" FROM "SignInThrottle"
      WHERE "lastAttemptAt" < ${daysAgo(1)}
        AND ("blockedUntil" IS NULL OR "blockedUntil" < ${now})
        AND ("succeededAt" IS NULL OR "succeededAt" < ${daysAgo(knownForDays)})
      FOR UPDATE SKIP LOCKED
    )`
}
