import type { MethodOptions } from './options-schema'
import type { NameScope } from './option-choices'

type Names = Pick<MethodOptions, 'parameterNames'>

/**
 * The name of a standard parameter at this third party, for one kind of request or everywhere; null if it is left out.
 */
export function sentName({ parameterNames }: Names, standard: string, scope: NameScope): string | null {
  const rows = parameterNames.filter((name) => name.standard === standard)
  const own = rows.find(({ where }) => where === scope) ?? rows.find(({ where }) => where === 'everywhere')
  return own === undefined ? standard : own.sent || null
}

/** The fields under the third party's names, without duplicates and without those that are left out. */
export function renameFields(
  options: Names,
  fields: readonly (readonly [string, string])[],
  scope: NameScope,
): [string, string][] {
  const renamed = new Map<string, string>()
  for (const [standard, value] of fields) {
    const name = sentName(options, standard, scope)
    if (name !== null) renamed.set(name, value)
  }
  return [...renamed]
}
