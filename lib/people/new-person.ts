import type { AddPersonInput } from './schema'

/** The person that the command line creates. Undefined without a password: the person must exist then. */
export function newPersonOf(
  { email, name }: Pick<AddPersonInput, 'email' | 'name'>,
  passwordHash: string | null,
): { name: string; passwordHash: string } | undefined {
  return passwordHash === null ? undefined : { name: name ?? email.split('@')[0]!, passwordHash }
}
