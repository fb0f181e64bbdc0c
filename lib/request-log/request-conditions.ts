import 'server-only'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { visibleRequests } from '@/lib/platform/db/actor-limits'
import { Prisma } from '@/lib/platform/db/generated/client'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { RequestFilter } from './schema'
import type { RequestOutcome } from './words'

/** The alias of the table, unless a query reads it twice. */
export const requestLine = Prisma.raw('line')

const ids = ['userId', 'connectorId', 'instanceId', 'endpointId', 'flowId', 'correlationId'] as const

/**
 * The filter as SQL conditions, without the workspace. Each filter has an index in the order of the list; with several
 * filters, Postgres uses one index and checks the others.
 * @param limits of the actor, because the workspace-scoped client does not limit raw SQL
 * @param line the alias of the table in the query
 */
export function requestConditions(
  limits: ActorLimits | null,
  { q, from, to, purpose, outcome, status, bySystem, keyId, ...filter }: RequestFilter & { q: string },
  line: Prisma.Sql = requestLine,
): Prisma.Sql {
  const conditions = [
    visibleRequests(limits, line),
    ...ids.flatMap((name) => {
      const id = filter[name]
      return id === undefined ? [] : [Prisma.sql`${line}.${column(name)} = ${id}::uuid`]
    }),
    ...(keyId === undefined ? [] : [Prisma.sql`${line}."actorId" = ${keyId}::uuid`]),
    // These lines have no person, so the index of people finds them.
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

/** Only names from this file. */
function column(name: (typeof ids)[number]): Prisma.Sql {
  return Prisma.raw(`"${name}"`)
}

function outcomeIs(line: Prisma.Sql, outcome: RequestOutcome): Prisma.Sql {
  return Prisma.sql`${line}."outcome" = ${outcome}::"RequestOutcome"`
}

/**
 * A status class is read by its outcome, which has an index in the order of the list: 4xx is refused, 5xx is failed,
 * everything else succeeded (outcome.ts).
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
