import type { ObjectNode } from './nodes'
import type { Reader } from './reader'
import type { MethodDraft, SchemeReading } from './scheme-methods'
import { quote } from './texts'
import { keysOfType } from './variable-keys'

/**
 * The methods for schemes that apply together: the one that does most is the method, and the others are sent with it as
 * secret variables and parameters. One per flow of that scheme.
 */
export function combineSchemes({ report }: Reader, schemes: readonly SchemeReading[], node: ObjectNode): MethodDraft[] {
  const [main, ...others] = [...schemes].sort((one, other) => other.rank - one.rank)
  if (!main) return []
  return main.drafts.map((draft) => {
    const taken = new Set([...keysOfType(draft.type), ...draft.variables.map(({ key }) => key)])
    const places = new Set(main.place === null ? [] : [main.place])
    let combined = draft
    for (const { name, extra, place } of others) {
      if (extra === null || (place !== null && places.has(place))) {
        report.add(
          'not_imported',
          node,
          place !== null && places.has(place)
            ? `${quote(main.name)} and ${quote(name)} use the same header or parameter, so only ${quote(main.name)} is sent.`
            : `${quote(name)} cannot be sent together with ${quote(main.name)}, so only ${quote(main.name)} is sent.`,
        )
        continue
      }
      if (place !== null) places.add(place)
      const { variables, parameters } = extra(taken)
      for (const { key } of variables) taken.add(key)
      combined = {
        ...combined,
        variables: [...combined.variables, ...variables],
        parameters: [...(combined.parameters ?? []), ...parameters],
      }
    }
    return combined
  })
}
