import type { MethodOptions } from '../authentication/options'

type Names = Pick<MethodOptions, 'parameterNames'>

/** What a parameter of the protocol is called at this third party; null where it is left out there. */
export function sentName({ parameterNames }: Names, standard: string): string | null {
  const own = parameterNames.find((name) => name.standard === standard)
  return own === undefined ? standard : own.sent || null
}

/** The fields under the names that the third party knows, each once, without those that it does not want. */
export function renameFields(options: Names, fields: readonly (readonly [string, string])[]): [string, string][] {
  const renamed = new Map<string, string>()
  for (const [standard, value] of fields) {
    const name = sentName(options, standard)
    if (name !== null) renamed.set(name, value)
  }
  return [...renamed]
}
