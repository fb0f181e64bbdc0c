import { refuse, succeed, type Result } from '../result'
import type { TemplateScope } from '../templates/template'

/** Random strings of the protocol, made from given random bytes. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 22 characters of 6 bits are more than 128 bits (DATA §8). */
export const stateLengths = { least: 22, most: 128, usual: 40 } as const

/** PRODUCT: OAuth 2 (authorisation code), `state_length`. */
export function stateLength(scope: TemplateScope): Result<number> {
  const text = scope.get('state_length')?.value ?? ''
  const length = text === '' ? stateLengths.usual : Number(text)
  if (Number.isInteger(length) && length >= stateLengths.least && length <= stateLengths.most) return succeed(length)
  return refuse(
    'invalid_value',
    `“State length” must be a whole number from ${stateLengths.least} to ${stateLengths.most}.`,
  )
}

/** One character per random byte, each of the 64 equally likely. */
export function randomText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte & 63]).join('')
}
