import { notAllowed } from '../refusals'
import { succeed, type Result } from '../result'
import { may as mayRole, type Permission, type Role } from './roles'

/**
 * Who acts, in which workspace: re-read from the database for every request. Four kinds, one vocabulary: audit log,
 * request log, optimistic locks and the workspace-scoped client take an actor as it is (DATA §14).
 */
export type Actor = PersonActor | ApiKeyActor | RunActor | SystemActor

type Acting = {
  workspaceId: string
  /** For the logs, as it read at the time. */
  label: string
}

/** A signed-in person, in one of their sessions. */
export type PersonActor = Acting & {
  kind: 'person'
  userId: string
  sessionId: string
  role: Role
  /** Where the request came from, as far as it is known. */
  address?: string | null
}

/** A program or an agent. Its role is the lower of the key's and its owner's present one. */
export type ApiKeyActor = Acting & {
  kind: 'api_key'
  keyId: string
  ownerId: string
  role: Role
  /** Null: everything in the workspace that the role allows. */
  limits: ActorLimits | null
}

/** A run of a flow version: calls the instances that the version names, whoever started it. */
export type RunActor = Acting & { kind: 'run'; runId: string; instanceIds: readonly string[] }

/** Patchbay itself (jobs), or whoever runs the server from its command line. */
export type SystemActor = Acting & { kind: 'system' }

/** What a restricted key may touch. Empty lists: nothing. */
export type ActorLimits = {
  /** Connectors with all that belongs to them. */
  connectorIds: readonly string[]
  /** Single instances; of their connectors only the definition can be seen. */
  instances: readonly { id: string; connectorId: string }[]
}

/** Whether the actor may do this at all; what exactly it may touch is decided by the workspace-scoped client. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'person':
    case 'api_key':
      return mayRole(actor.role, permission)
    case 'run':
      return permission === 'see' || permission === 'run'
    case 'system':
      return true
  }
}

/** The person answerable for what the actor does; null where nobody is. */
export function userIdOf(actor: Actor): string | null {
  if (actor.kind === 'person') return actor.userId
  return actor.kind === 'api_key' ? actor.ownerId : null
}

/** Which person, key or run it was; null for Patchbay itself. */
export function actorIdOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'person':
      return actor.userId
    case 'api_key':
      return actor.keyId
    case 'run':
      return actor.runId
    case 'system':
      return null
  }
}

/** Where the actor's request came from; null where that is not known, or where no request asked for the work. */
export function addressOf(actor: Actor): string | null {
  return actor.kind === 'person' ? (actor.address ?? null) : null
}

/** Null: the actor is not limited to some connectors or instances. */
export function limitsOf(actor: Actor): ActorLimits | null {
  return actor.kind === 'api_key' ? actor.limits : null
}

/** Patchbay itself in a workspace. */
export function systemActor(workspaceId: string, label = 'Patchbay'): SystemActor {
  return { kind: 'system', workspaceId, label }
}

declare const permitted: unique symbol

/**
 * An actor that `permit` let through. The steps of operations take it, so that nothing calls a step but what asked for
 * the permission first: the runner of operations and `callEndpoint`.
 */
export type PermittedActor = Actor & { readonly [permitted]: true }

/** Whether the actor may do this at all. The runner asks it for every operation: access is never decided in a page. */
export function permit(actor: Actor, permission: Permission): Result<PermittedActor> {
  return may(actor, permission) ? succeed(actor as PermittedActor) : notAllowed()
}
