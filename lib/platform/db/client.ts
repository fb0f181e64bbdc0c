import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { env } from '@/lib/platform/env'
import { limitRuleOf } from './actor-limits'
import { Prisma, PrismaClient } from './generated/client'
import { narrowRelations } from './narrow-relations'

/**
 * Sealed columns never leave the database by accident: every query omits them, and only lib/credentials/credentials.ts
 * (which builds requests) and the lease code ask for them by name. Stamps are raised by triggers and read by the check
 * before a request (call-check.ts), by nothing else.
 */
const omittedColumns = {
  connector: { generation: true },
  instance: { generation: true },
  installation: { sealedSentinel: true },
  user: { passwordHash: true },
  methodValue: { sealedValue: true },
  instanceValue: { sealedValue: true },
  keptValue: { sealedValue: true },
  instanceToken: { sealedAccessToken: true, sealedRefreshToken: true },
  certificate: { sealedKey: true },
  pendingAuthorisation: { sealedVerifier: true, sealedSettings: true, stateHash: true, browserHash: true },
  shapeValue: { sealedValue: true },
  requestLogBody: { sealedRequestBody: true, sealedResponseBody: true },
} as const

/** A change waits for a connection, and for the locks of another change, rather than fail after two seconds. */
const patience = { maxWait: 15_000, timeout: 15_000 }
/** For a free connection, and for one to be made: a database that does not respond is gone. */
const connectionTimeoutMillis = 10_000

function createClient() {
  const adapter = new PrismaPg({
    connectionString: env().DATABASE_URL,
    max: 10,
    connectionTimeoutMillis,
    keepAlive: true,
  })
  return new PrismaClient({ adapter, omit: omittedColumns, transactionOptions: patience })
}

// One client for the process, kept across hot reloads in development.
const holder = globalThis as { patchbayPrisma?: ReturnType<typeof createClient> }

/**
 * The client without a workspace: for people, workspaces, sign-in, start-up and clean-up jobs only.
 * Everything that belongs to a workspace goes through workspaceDb().
 */
export function systemDb() {
  return (holder.patchbayPrisma ??= createClient())
}

const workspaceModels = new Set<string>(
  Object.values(Prisma.ModelName).filter(
    (model) => 'workspaceId' in (Prisma as unknown as Record<string, object>)[`${model}ScalarFieldEnum`]!,
  ),
)

/** Adds the workspace to whatever an operation filters by or writes, so that no query can leave it out. */
function scopeArguments(
  operation: string,
  args: Record<string, unknown>,
  workspaceId: string,
): Record<string, unknown> {
  const scopedWhere = { ...(args.where as object | undefined), workspaceId }
  switch (operation) {
    case 'create':
      return { ...args, data: { ...(args.data as object), workspaceId } }
    case 'createMany':
    case 'createManyAndReturn': {
      const rows = Array.isArray(args.data) ? args.data : [args.data]
      return { ...args, data: rows.map((row: object) => ({ ...row, workspaceId })) }
    }
    case 'upsert':
      return {
        ...args,
        where: scopedWhere,
        create: { ...(args.create as object), workspaceId },
        update: kept(args.update, workspaceId),
      }
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...args, where: scopedWhere, data: kept(args.data, workspaceId) }
    default:
      return { ...args, where: scopedWhere }
  }
}

/** A row stays in its workspace, whatever a change says. */
function kept(data: unknown, workspaceId: string): unknown {
  return typeof data === 'object' && data !== null && 'workspaceId' in data ? { ...data, workspaceId } : data
}

const reading = /^(find|count|aggregate|groupBy)/

/** Narrows an operation to what a restricted key may touch, and the relations that it reads. */
function limitArguments(
  model: string,
  operation: string,
  args: Record<string, unknown>,
  limits: ActorLimits,
): Record<string, unknown> {
  const rule = limitRuleOf(model)
  if (operation.startsWith('create') || operation === 'upsert') {
    const rows = operation === 'upsert' ? [args.create] : Array.isArray(args.data) ? args.data : [args.data]
    if (!rows.every((row) => rule.creates(limits, row as Record<string, unknown>)))
      throw new Error(`a restricted key may not create this ${model}`)
    if (operation !== 'upsert') return narrowRelations(args, limits)
  }
  const narrowed = narrowRelations(args, limits)
  const where = narrowed.where as { AND?: unknown } | undefined
  const limit = reading.test(operation) ? rule.reads(limits) : rule.writes(limits)
  return { ...narrowed, where: { ...where, AND: [...(where?.AND === undefined ? [] : [where.AND].flat()), limit] } }
}

/** Nothing narrows SQL: an operation that needs it takes the workspace's client and writes the limits into it. */
function refuseSql(): never {
  throw new Error('a restricted key may not use SQL that nothing narrows')
}

/**
 * The client of one workspace: reads and writes through it can neither see nor touch another's rows.
 * @param limits of a restricted key: narrows further, to its connectors and instances
 */
export function workspaceDb(workspaceId: string, limits: ActorLimits | null = null) {
  const sql = <Arguments, Answer>({ args, query }: { args: Arguments; query: (args: Arguments) => Answer }) =>
    limits === null ? query(args) : refuseSql()
  return systemDb().$extends({
    query: {
      $queryRaw: sql,
      $executeRaw: sql,
      $queryRawUnsafe: sql,
      $executeRawUnsafe: sql,
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          if (!workspaceModels.has(model)) return query(args)
          const scoped = scopeArguments(operation, args as Record<string, unknown>, workspaceId)
          return query((limits === null ? scoped : limitArguments(model, operation, scoped, limits)) as typeof args)
        },
      },
    },
  })
}

export type WorkspaceDb = ReturnType<typeof workspaceDb>
/** The same inside `$transaction`. */
export type WorkspaceTransaction = Parameters<Parameters<WorkspaceDb['$transaction']>[0]>[0]
