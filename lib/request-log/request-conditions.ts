import 'server-only'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { visibleRequests } from '@/lib/platform/db/actor-limits'
import { Prisma } from '@/lib/platform/db/generated/client'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { RequestFilter } from './schema'
import type { RequestOutcome } from './words'

/** What queries name the table, unless they read it twice. */
export const requestLine = Prisma.raw('line')

const ids = ['userId', 'connectorId', 'instanceId', 'endpointId', 'flowId', 'correlationId'] as const

/**
 * The filter as conditions, besides the workspace. Each filter has an index in the order of the list; of several,
 * Postgres reads by one and checks the others.
 * @param limits of the actor: the query is SQL, which no client narrows
 * @param line the name that the query gives the table
 */
export function requestConditions(
  limits: ActorLimits | null,
  { q, from, to, purpose, outcome, status, bySystem, ...filter }: RequestFilter & { q: string },
  line: Prisma.Sql = requestLine,
): Prisma.Sql {
  const conditions = [
    visibleRequests(limits, line),
    ...ids.flatMap((name) => {
      const id = filter[name]
      return id === undefined ? [] : [Prisma.sql`${line}.${column(name)} = ${id}::uuid`]
    }),
    // No person answers for these lines: the index of people finds them.
    ...(bySystem ? [Prisma.sql`${line}."userId" IS NULL AND ${line}."actorKind" = 'system'`] : []),
    ...(purpose === undefined ? [] : [Prisma.sql`${line}."purpose" = ${purpose}::"RequestPurpose"`]),
    ...(outcome === undefined ? [] : [outcomeIs(line, outcome)]),
    ...(status === undefined ? [] : [statusIs(line, status)]),
    ...(from === undefined ? [] : [Prisma.sql`${line}."at" >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`${line}."at" < ${to}::timestamptz`]),
    ...(q === '' ? [] : [contains(line, q)]),
  ]
  return Prisma.join(conditions, ' AND ')
}

/** Only names that stand in this file. */
function column(name: (typeof ids)[number]): Prisma.Sql {
  return Prisma.raw(`"${name}"`)
}

function outcomeIs(line: Prisma.Sql, outcome: RequestOutcome): Prisma.Sql {
  return Prisma.sql`${line}."outcome" = ${outcome}::"RequestOutcome"`
}

/**
 * A class is read by its outcome, which has an index in the order of the list: responses of 4xx are refused, those of
 * 5xx failed, and all others succeeded (outcome.ts).
 */
function statusIs(line: Prisma.Sql, status: string): Prisma.Sql {
  if (!status.endsWith('xx')) return Prisma.sql`${line}."status" = ${Number(status)}::int`
  const first = Number(status[0]) * 100
  const outcome = first === 400 ? 'refused' : first === 500 ? 'failed' : 'succeeded'
  return Prisma.sql`${outcomeIs(line, outcome)} AND ${line}."status" BETWEEN ${first}::int AND ${first + 99}::int`
}

function contains(line: Prisma.Sql, q: string): Prisma.Sql {
  const pattern = `%${likeLiteral(q)}%`
  return Prisma.sql`(${line}."subject" ILIKE ${pattern} OR ${line}."url" ILIKE ${pattern})`
}
