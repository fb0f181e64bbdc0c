import type { MethodOptions } from './options-schema'
import type { NameScope } from './option-choices'

type Names = Pick<MethodOptions, 'parameterNames'>

/**
 * What a parameter of the protocol is called at this third party, at one place or everywhere; null where it is left out
 * there.
 */
export function sentName({ parameterNames }: Names, standard: string, place: NameScope): string | null {
  const rows = parameterNames.filter((name) => name.standard === standard)
  const own = rows.find(({ where }) => where === place) ?? rows.find(({ where }) => where === 'everywhere')
  return own === undefined ? standard : own.sent || null
}

/** The fields under the names that the third party knows, each once, without those that it does not want. */
export function renameFields(
  options: Names,
  fields: readonly (readonly [string, string])[],
  place: NameScope,
): [string, string][] {
  const renamed = new Map<string, string>()
  for (const [standard, value] of fields) {
    const name = sentName(options, standard, place)
    if (name !== null) renamed.set(name, value)
  }
  return [...renamed]
}
