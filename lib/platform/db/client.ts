import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { env } from '@/lib/platform/env'
import { limitRuleOf } from './actor-limits'
import { Prisma, PrismaClient } from './generated/client'
import { idleTransactionMs } from './idle-transaction'
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
  invitation: { tokenHash: true },
  passwordReset: { tokenHash: true },
  apiKey: { keyHash: true },
  methodValue: { sealedValue: true },
  instanceValue: { sealedValue: true },
  keptValue: { sealedValue: true },
  instanceToken: { sealedAccessToken: true, sealedRefreshToken: true },
  certificate: { sealedKey: true },
  pendingAuthorisation: { sealedVerifier: true, sealedSettings: true, stateHash: true, browserHash: true },
  authorisationLink: { sealedSettings: true, tokenHash: true },
  shapeValue: { sealedValue: true },
  requestLogBody: { sealedRequestBody: true, sealedResponseBody: true },
} as const

/** A change waits for a connection and for locks of other changes, instead of failing after two seconds. */
const patience = { maxWait: 15_000, timeout: 15_000 }
/** The time limit for a free or a new connection: a database that does not respond counts as gone. */
const connectionTimeoutMillis = 10_000

function createClient() {
  const adapter = new PrismaPg({
    connectionString: env().DATABASE_URL,
    max: 10,
    connectionTimeoutMillis,
    idle_in_transaction_session_timeout: idleTransactionMs,
    keepAlive: true,
  })
  return new PrismaClient({ adapter, omit: omittedColumns, transactionOptions: patience })
}

// One client for the process, also across hot reloads in development.
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

/** Adds the workspace to all filters and writes, so that no query can omit it. */
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
        update: withWorkspace(args.update, workspaceId),
      }
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...args, where: scopedWhere, data: withWorkspace(args.data, workspaceId) }
    default:
      return { ...args, where: scopedWhere }
  }
}

/** Forces the workspace of written rows, so that no change can move a row to another one. */
function withWorkspace(data: unknown, workspaceId: string): unknown {
  return typeof data === 'object' && data !== null && 'workspaceId' in data ? { ...data, workspaceId } : data
}

const reading = /^(find|count|aggregate|groupBy)/

/** Limits an operation, and the relations that it reads, to what a restricted key may access. */
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

/** SQL is not limited automatically: an operation that needs it uses the workspace's client and includes the limits. */
function refuseSql(): never {
  throw new Error('a restricted key may not use SQL that nothing narrows')
}

/**
 * The client of a workspace: it can neither read nor write rows of another workspace.
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
