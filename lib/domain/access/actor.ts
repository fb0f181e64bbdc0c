import { keyNotAllowed, notAllowed } from '../refusals'
import { succeed, type Result } from '../result'
import { may as mayRole, type Permission, type Role } from './roles'

/**
 * Who acts, and in which workspace: read from the database for every request. The audit log, the request log, optimistic
 * locks and the workspace-scoped client take any of the four kinds of actor (DATA §14).
 */
export type Actor = PersonActor | ApiKeyActor | RunActor | SystemActor

type Acting = {
  workspaceId: string
  /** The name for the logs, as it was at the time. */
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

/** A program or an agent. Its role is the lower one of the key's role and its owner's current role. */
export type ApiKeyActor = Acting & {
  kind: 'api_key'
  keyId: string
  ownerId: string
  role: Role
  /** Null: everything in the workspace that the role allows. */
  limits: ActorLimits | null
  /** Whether it may only call endpoints, and read what it may call. */
  callOnly: boolean
  /** Where the request came from, as far as it is known. */
  address?: string | null
}

/** A run of a flow version. It calls the instances of that version, regardless of who started it. */
export type RunActor = Acting & { kind: 'run'; runId: string; instanceIds: readonly string[] }

/** Patchbay itself (jobs), or a person who uses the command line of the server. */
export type SystemActor = Acting & { kind: 'system' }

/** What a restricted key may access. Empty lists: nothing. */
export type ActorLimits = {
  /** Connectors with everything that belongs to them. */
  connectorIds: readonly string[]
  /** Single instances. Of their connectors, only the definition is visible. */
  instances: readonly { id: string; connectorId: string }[]
}

/** Whether the actor has the permission. Which objects it may access is decided by the workspace-scoped client. */
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

/** The person responsible for what the actor does; null for an actor without one. */
export function userIdOf(actor: Actor): string | null {
  if (actor.kind === 'person') return actor.userId
  return actor.kind === 'api_key' ? actor.ownerId : null
}

/** The ID of the person, key or run; null for Patchbay itself. */
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
  return actor.kind === 'person' || actor.kind === 'api_key' ? (actor.address ?? null) : null
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
 * An actor whose permission was checked by `permit`. The steps of operations take only this type, so that only the runner
 * of operations and `callEndpoint`, which check the permission first, can call them.
 */
export type PermittedActor = Actor & { readonly [permitted]: true }

/** Checks the permission. The runner calls it for every operation; access is never decided only in a page. */
export function permit(actor: Actor, permission: Permission): Result<PermittedActor> {
  if (may(actor, permission)) return succeed(actor as PermittedActor)
  return actor.kind === 'api_key' ? keyNotAllowed() : notAllowed()
}
