import { beyondKeyLimits, callsOnly } from '../refusals'
import { refuse, succeed, type Refusal, type Result } from '../result'
import { limitsOf, type Actor } from './actor'
import { roleLabels, roles, type Role } from './roles'

/** The rules of API keys (PRODUCT §9, DATA §14). */

/** Programs, people and secret scanners recognise a key by it. */
export const keyPrefix = 'pb_'

/** 32 random bytes in base64url (RFC 4648 §5). */
const keyText = /^pb_[A-Za-z0-9_-]{43}$/

/** Whether a text has the form of a key. Any other text is refused without a look into the database. */
export function isKeyText(text: string): boolean {
  return keyText.test(text)
}

const shownCharacters = 6

/** The first characters of a key, by which people recognise it. The rest cannot be guessed from them. */
export function shownPartOf(key: string): string {
  return key.slice(0, keyPrefix.length + shownCharacters)
}

/** What a key may do: its own role, or the current role of its owner if that is lower. */
export function lowerRole(one: Role, other: Role): Role {
  return roles[Math.min(roles.indexOf(one), roles.indexOf(other))]!
}

/** Nobody gives a key a higher role than their own. @param granting the current role of the person or key that asks */
export function grantRole(granting: Role, role: Role): Result<Role> {
  if (lowerRole(granting, role) === role) return succeed(role)
  return refuse(
    'not_allowed',
    `The role of an API key cannot be higher than your own role, which is “${roleLabels[granting]}”.`,
    'role',
  )
}

export const keyStates = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const
export type KeyState = keyof typeof keyStates

/** A key that has expired can be used again with a later expiry; a revoked one never. */
export function keyStateOf(key: { revokedAt: Date | null; expiresAt: Date | null }, now: Date): KeyState {
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active'
}

/**
 * The expiry that a key is given; null means never.
 * @param before the expiry that the key has, which may stay although it has passed
 */
export function checkExpiry(expiresAt: string | null, now: Date, before: Date | null = null): Result<Date | null> {
  if (expiresAt === null) return succeed(null)
  const date = new Date(expiresAt)
  if (date > now || date.getTime() === before?.getTime()) return succeed(date)
  return refuse('invalid_input', 'Choose a time in the future.', 'expiresAt')
}

/** Which API keys an operation accepts. Forgetting a line refuses access instead of granting it. */
export type OpenToKeys = {
  /**
   * Whether a key restricted to some connectors or instances may call it. Allowed only if all access goes through
   * `context.db`, which applies the limits (DATA §14), or is SQL that includes the limits.
   */
  restrictedKeys?: 'allowed' | 'refused'
  /** Whether a key that may only call endpoints may call it: calls, and what a caller reads to choose one. */
  callOnlyKeys?: 'allowed' | 'refused'
}

/** Whether the limits of a key let it call an operation. Its role is checked separately. */
export function admitKey(actor: Actor, operation: OpenToKeys): Result<null, Refusal> {
  if (actor.kind !== 'api_key') return succeed(null)
  if (actor.callOnly && operation.callOnlyKeys !== 'allowed') return callsOnly()
  return limitsOf(actor) !== null && operation.restrictedKeys !== 'allowed' ? beyondKeyLimits() : succeed(null)
}
