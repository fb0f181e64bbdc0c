import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { atMost } from '@/lib/platform/at-most'
import { longestPassword } from './password-length'

// Argon2id with 19 MiB, two passes, one lane: the OWASP minimum, about 25 ms of one core.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Each hash needs 19 MiB of memory and one of the four threads that Node also uses for files and name look-ups. The
 * limit leaves half of them to the rest of the app when there are many sign-ins.
 */
const oneOfTwo = atMost(2)

export function hashPassword(password: string): Promise<string> {
  return oneOfTwo(() => hash(password.normalize('NFC'), cost))
}

/** False for a wrong password, and for a text that is not a hash. */
export async function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  if (password.length > longestPassword) return false
  return oneOfTwo(() => verify(passwordHash, password.normalize('NFC'))).catch(() => false)
}

let decoy: Promise<string> | undefined

/** Takes as long as checking a real password, so that the response for an unknown e-mail is not faster. */
export async function verifyNothing(password: string): Promise<false> {
  await verifyPassword(password, await (decoy ??= hashPassword('no such person')))
  return false
}
