import 'server-only'
import type { z } from 'zod'
import { limitsOf, permit, type Actor, type PermittedActor } from '@/lib/domain/access/actor'
import type { Permission } from '@/lib/domain/access/roles'
import { notAllowed } from '@/lib/domain/refusals'
import type { Refusal, Result } from '@/lib/domain/result'
import { recordAudit, type AuditEntry } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused, type TransactionOptions } from '@/lib/platform/db/commit-unless-refused'
import { env } from '@/lib/platform/env'
import { readInput } from './input'

/**
 * What every entry point needs to know about a use case, once: the server action, the REST route, the MCP tool, the
 * OpenAPI document, the access tests and the lint rule all read the same object (lib/operations/README.md).
 */

/**
 * What an operation works with. Only the runner makes one: its actor has been permitted. A function that takes a context
 * first is a step: operations and other steps call it, entry points cannot.
 */
export type Context = {
  actor: PermittedActor
  workspaceId: string
  /**
   * The client of the workspace, narrowed to what the actor may touch; inside a transaction that was joined, its
   * client.
   */
  db: WorkspaceDb
  /** One transaction, in which a refusal leaves nothing behind. Joins the caller's, if there is one. */
  transaction: <Value, Failure extends Refusal = Refusal>(
    work: (tx: WorkspaceTransaction) => Promise<Result<Value, Failure>>,
    options?: TransactionOptions,
  ) => Promise<Result<Value, Failure>>
  /**
   * Writes a line of the audit log, named after the operation unless said otherwise, into the transaction of the
   * change.
   */
  audit: (tx: WorkspaceTransaction, entry: Omit<AuditEntry, 'action'> & { action?: string }) => Promise<void>
}

export type OperationDefinition<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal> = {
  /** `verb_noun`: the audit action, the operationId and the tool's name. */
  name: string
  permission: Permission
  /** Closed; every object in it too. */
  input: Input
  /** Closed: what is not named here never leaves. */
  output: Output
  /**
   * What happens for an API key that is restricted to some connectors or instances. Refused unless everything that the
   * operation touches goes through `context.db`, which narrows it (DATA §14), or is SQL that has the limits written in.
   */
  restrictedKeys?: 'allowed' | 'refused'
  run: (context: Context, input: z.output<Input>) => Promise<Result<z.output<Output>, Failure>>
}

/** Called like a function. Refusals are values; what throws is a bug. */
export type Operation<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal = Refusal> = {
  (actor: Actor, input: z.input<Input>, within?: WorkspaceTransaction): Promise<Result<z.output<Output>, Failure>>
  definition: OperationDefinition<Input, Output, Failure>
}

/**
 * Makes an operation. Before `run`: the permission, the limits of a restricted key, and the input, in this order.
 * @throws in development and tests when the output does not fit its schema
 */
export function operation<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal = Refusal>(
  definition: OperationDefinition<Input, Output, Failure>,
): Operation<Input, Output, Failure> {
  const perform = async (actor: Actor, input: unknown, within?: WorkspaceTransaction) => {
    // Refusals of the runner are plain ones; an operation's own failures are always wider than those.
    const admitted = admit(actor, definition)
    if (!admitted.ok) return admitted as { ok: false; error: Failure }
    const read = readInput(definition.input, input)
    if (!read.ok) return read as { ok: false; error: Failure }
    const result = await definition.run(contextOf(admitted.value, definition.name, within), read.value)
    if (result.ok) checkOutput(definition, result.value)
    return result
  }
  return Object.assign(perform, { definition })
}

function admit(
  actor: Actor,
  {
    permission,
    restrictedKeys,
  }: Pick<OperationDefinition<z.ZodType, z.ZodType, Refusal>, 'permission' | 'restrictedKeys'>,
): Result<PermittedActor> {
  const closed = limitsOf(actor) !== null && restrictedKeys !== 'allowed'
  return closed ? notAllowed() : permit(actor, permission)
}

/** @param within the caller's transaction, which the operation joins */
function contextOf(actor: PermittedActor, name: string, within: WorkspaceTransaction | undefined): Context {
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  return {
    actor,
    workspaceId: actor.workspaceId,
    db: (within as WorkspaceDb | undefined) ?? db,
    transaction: (work, options) => (within ? work(within) : commitUnlessRefused(db, work, options)),
    audit: (tx, entry) => recordAudit(tx, actor, { action: name, ...entry }),
  }
}

function checkOutput(
  { name, output }: Pick<OperationDefinition<z.ZodType, z.ZodType, Refusal>, 'name' | 'output'>,
  value: unknown,
): void {
  if (env().NODE_ENV === 'production') return
  const checked = output.safeParse(value)
  if (!checked.success) throw new Error(`the output of ${name} does not fit its schema: ${checked.error.message}`)
}
