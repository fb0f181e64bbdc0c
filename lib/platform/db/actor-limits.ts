import type { ActorLimits } from '@/lib/domain/access/actor'
import { Prisma } from './generated/client'

/**
 * What a restricted key may access, as conditions of the workspace-scoped client (DATA §14): lists, counts and searches
 * find nothing else, and nothing else can be changed. Restricted keys cannot access a model without a rule here.
 */

/** A part of a Prisma query. */
export type Condition = Record<string, unknown>
type Rule = {
  reads: (limits: ActorLimits) => Condition
  writes: (limits: ActorLimits) => Condition
  /** Whether a new row may be created with this data. */
  creates: (limits: ActorLimits, data: Condition) => boolean
}

/** Prisma: an empty OR matches nothing. */
const nothing: Condition = { OR: [] }
const within = (ids: readonly string[], id: unknown) => typeof id === 'string' && ids.includes(id)

/** An instance is visible by itself or through its connector. */
function instances({ connectorIds, instances }: ActorLimits): Condition {
  return { OR: [{ connectorId: { in: [...connectorIds] } }, { id: { in: instances.map(({ id }) => id) } }] }
}

/**
 * The same as an SQL condition, for a query in which the table has the alias `instance`.
 * @param limits null: all instances of the workspace
 */
export function visibleInstances(limits: ActorLimits | null): Prisma.Sql {
  if (limits === null) return Prisma.sql`true`
  const { connectorIds, instances } = limits
  return Prisma.sql`(instance."connectorId" = ANY (${[...connectorIds]}::uuid[])
    OR instance."id" = ANY (${instances.map(({ id }) => id)}::uuid[]))`
}

/** The same for lines of the request log. @param line the alias of the table in the query */
export function visibleRequests(limits: ActorLimits | null, line: Prisma.Sql): Prisma.Sql {
  if (limits === null) return Prisma.sql`true`
  const { connectorIds, instances } = limits
  return Prisma.sql`(${line}."connectorId" = ANY (${[...connectorIds]}::uuid[])
    OR ${line}."instanceId" = ANY (${instances.map(({ id }) => id)}::uuid[]))`
}

/** The connector of a single instance can be read, not changed. */
function visibleConnectors({ connectorIds, instances }: ActorLimits): string[] {
  return [...connectorIds, ...instances.map(({ connectorId }) => connectorId)]
}

function definitionRule(column: 'id' | 'connectorId'): Rule {
  return {
    reads: (limits) => ({ [column]: { in: visibleConnectors(limits) } }),
    writes: ({ connectorIds }) => ({ [column]: { in: [...connectorIds] } }),
    creates: ({ connectorIds }, data) => column === 'connectorId' && within(connectorIds, data.connectorId),
  }
}

const instanceRule: Rule = {
  reads: instances,
  writes: instances,
  creates: ({ connectorIds }, data) => within(connectorIds, data.connectorId),
}

/** Rows of an instance are created only after the instance was found with this client. */
const partOfInstanceRule: Rule = {
  reads: (limits) => ({ instance: instances(limits) }),
  writes: (limits) => ({ instance: instances(limits) }),
  creates: ({ connectorIds, instances }, data) =>
    connectorIds.length > 0 || instances.some(({ id }) => id === data.instanceId),
}

const requestLogRule: Rule = {
  reads: ({ connectorIds, instances }) => ({
    OR: [{ connectorId: { in: [...connectorIds] } }, { instanceId: { in: instances.map(({ id }) => id) } }],
  }),
  writes: () => nothing,
  creates: () => true,
}

const auditLogRule: Rule = {
  reads: ({ connectorIds, instances }) => ({ objectId: { in: [...connectorIds, ...instances.map(({ id }) => id)] } }),
  writes: () => nothing,
  creates: () => true,
}

/** Found by the key of a line of the request log, which must be visible itself. */
const requestLogBodyRule: Rule = { reads: () => ({}), writes: () => nothing, creates: () => true }

/** A report is found by its import, which must be visible itself: one that is finished, of a visible connector. */
const importLineRule: Rule = {
  reads: (limits) => ({ import: definitionRule('connectorId').reads(limits) }),
  writes: () => nothing,
  creates: () => false,
}

const closed: Rule = { reads: () => nothing, writes: () => nothing, creates: () => false }

const rules: Record<string, Rule> = {
  Connector: definitionRule('id'),
  ConnectorRank: definitionRule('id'),
  ConnectorOrigin: definitionRule('connectorId'),
  Variable: definitionRule('connectorId'),
  VariableUse: definitionRule('connectorId'),
  Parameter: definitionRule('connectorId'),
  AuthenticationMethod: definitionRule('connectorId'),
  AuthenticationPhase: definitionRule('connectorId'),
  MethodValue: definitionRule('connectorId'),
  Endpoint: definitionRule('connectorId'),
  ConnectorSchema: definitionRule('connectorId'),
  Enablement: definitionRule('connectorId'),
  Import: definitionRule('connectorId'),
  ImportLine: importLineRule,
  Instance: instanceRule,
  InstanceValue: partOfInstanceRule,
  KeptValue: partOfInstanceRule,
  InstanceStatusChange: partOfInstanceRule,
  InstanceToken: partOfInstanceRule,
  InstanceLimit: partOfInstanceRule,
  RequestTurn: partOfInstanceRule,
  Certificate: partOfInstanceRule,
  PendingAuthorisation: partOfInstanceRule,
  AuthorisationLink: partOfInstanceRule,
  RequestLog: requestLogRule,
  RequestLogBody: requestLogBodyRule,
  AuditLog: auditLogRule,
}

export function limitRuleOf(model: string): Rule {
  return rules[model] ?? closed
}
