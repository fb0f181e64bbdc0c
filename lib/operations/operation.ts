import 'server-only'
import type { z } from 'zod'
import { limitsOf, permit, type Actor, type PermittedActor } from '@/lib/domain/access/actor'
import { admitKey, type OpenToKeys } from '@/lib/domain/access/api-keys'
import type { Permission } from '@/lib/domain/access/roles'
import type { Refusal, Result } from '@/lib/domain/result'
import { recordAudit, recordAudits, type AuditEntry } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused, type TransactionOptions } from '@/lib/platform/db/commit-unless-refused'
import { env } from '@/lib/platform/env'
import { readInput } from './input'

/**
 * Defines a use case once, for all entry points: the server action, the REST route, the MCP tool, the OpenAPI document,
 * the access tests and the lint rule read the same object (lib/operations/README.md).
 */

/**
 * The context of an operation. Only the runner creates one, after checking the permission of its actor. A function whose
 * first parameter is a context is a step: operations and other steps can call it, entry points cannot.
 */
export type Context = {
  actor: PermittedActor
  workspaceId: string
  /**
   * The client of the workspace, limited to what the actor may access; in a joined transaction, that transaction's
   * client.
   */
  db: WorkspaceDb
  /** Runs a transaction, which a refusal rolls back. Joins the caller's transaction if there is one. */
  transaction: <Value, Failure extends Refusal = Refusal>(
    work: (tx: WorkspaceTransaction) => Promise<Result<Value, Failure>>,
    options?: TransactionOptions,
  ) => Promise<Result<Value, Failure>>
  /**
   * Adds a line to the audit log, in the transaction of the change. Its action is the operation's name by default.
   * @param createdIds of the created objects, if the line is about another one
   */
  audit: (
    tx: WorkspaceTransaction,
    entry: Omit<AuditEntry, 'action'> & { action?: string },
    createdIds?: readonly string[],
  ) => Promise<void>
  /** Adds a line for each of several created objects, in one statement. */
  auditCreated: (tx: WorkspaceTransaction, entries: readonly (AuditEntry & { objectId: string })[]) => Promise<void>
}

export type OperationDefinition<
  Input extends z.ZodType,
  Output extends z.ZodType,
  Failure extends Refusal,
> = OpenToKeys & {
  /** `verb_noun`: the audit action, the operationId and the name of the tool. */
  name: string
  permission: Permission
  /** A strict object, including all nested objects. */
  input: Input
  /** A strict object: nothing that is missing here is ever returned. */
  output: Output
  run: (context: Context, input: z.output<Input>) => Promise<Result<z.output<Output>, Failure>>
}

/**
 * Called for each line of the audit log, in the transaction of the change: what else has to be stored with it.
 * @param action the operation's name, unless the line has another one
 * @param createdIds the created objects, in the order of the input
 */
export type OnAudit = (tx: WorkspaceTransaction, action: string, createdIds: readonly string[]) => Promise<void>

/** Called like a function. Refusals are values; an exception is a bug. */
export type Operation<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal = Refusal> = {
  (
    actor: Actor,
    input: z.input<Input>,
    within?: WorkspaceTransaction,
    onAudit?: OnAudit,
  ): Promise<Result<z.output<Output>, Failure>>
  definition: OperationDefinition<Input, Output, Failure>
}

/**
 * Creates an operation. Before `run` it checks the limits of an API key, the permission, and the input, in this order.
 * @throws in development and tests if the output does not match its schema
 */
export function operation<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal = Refusal>(
  definition: OperationDefinition<Input, Output, Failure>,
): Operation<Input, Output, Failure> {
  const perform = async (actor: Actor, input: unknown, within?: WorkspaceTransaction, onAudit?: OnAudit) => {
    // The runner's refusals are plain; every failure type of an operation includes them.
    const admitted = admit(actor, definition)
    if (!admitted.ok) return admitted as { ok: false; error: Failure }
    const read = readInput(definition.input, input, actor.kind === 'person' ? 'person' : 'program')
    if (!read.ok) return read as { ok: false; error: Failure }
    const result = await definition.run(contextOf(admitted.value, definition.name, within, onAudit), read.value)
    if (result.ok) checkOutput(definition, result.value)
    return result
  }
  return Object.assign(perform, { definition })
}

/** Why the actor may not call the operation at all, whatever the input; null if they may. */
export function refusalFor(actor: Actor, definition: OpenToKeys & { permission: Permission }): Refusal | null {
  const admitted = admit(actor, definition)
  return admitted.ok ? null : admitted.error
}

function admit(actor: Actor, definition: OpenToKeys & { permission: Permission }): Result<PermittedActor> {
  const key = admitKey(actor, definition)
  return key.ok ? permit(actor, definition.permission) : key
}

/** @param within the caller's transaction, which the operation joins */
function contextOf(
  actor: PermittedActor,
  name: string,
  within: WorkspaceTransaction | undefined,
  onAudit: OnAudit | undefined,
): Context {
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  return {
    actor,
    workspaceId: actor.workspaceId,
    db: (within as WorkspaceDb | undefined) ?? db,
    transaction: (work, options) => (within ? work(within) : commitUnlessRefused(db, work, options)),
    audit: async (tx, given, createdIds = given.objectId === undefined ? [] : [given.objectId]) => {
      const entry = { action: name, ...given }
      await recordAudit(tx, actor, entry)
      await onAudit?.(tx, entry.action, createdIds)
    },
    auditCreated: async (tx, entries) => {
      await recordAudits(tx, actor, entries)
      const createdIds = entries.map(({ objectId }) => objectId)
      await onAudit?.(tx, name, createdIds)
    },
  }
}

/**
 * The context of a step that joins a transaction of its operation.
 * @param action the action of the step in the audit log
 */
export function within(context: Context, tx: WorkspaceTransaction, action: string): Context {
  return {
    ...context,
    db: tx as WorkspaceDb,
    transaction: (work) => work(tx),
    audit: (audited, entry, createdIds) => context.audit(audited, { action, ...entry }, createdIds),
  }
}

function checkOutput(
  { name, output }: Pick<OperationDefinition<z.ZodType, z.ZodType, Refusal>, 'name' | 'output'>,
  value: unknown,
): void {
  if (env().NODE_ENV === 'production') return
  const checked = output.safeParse(value)
  if (!checked.success) throw new Error(`the output of ${name} does not match its schema: ${checked.error.message}`)
}
