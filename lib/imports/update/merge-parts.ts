import { FreeNames } from '@/lib/domain/free-names'
import { isObject } from '@/lib/domain/is-object'
import { sameJson } from '@/lib/domain/same-json'

/**
 * The three-way comparison of a part of a connector: what the document said when it was imported last, what is here now,
 * and what the document says now. All three are in the normal form of documents, where what is absent is the default.
 */

/** A value that the document changes. Undefined: the field is absent, so it is the default. */
export type MergedField = {
  /** `['parameters', 'query limit', 'required']`. */
  path: string[]
  before: unknown
  here: unknown
  now: unknown
  /** People have changed it here too, to another value. */
  isConflict: boolean
}

export type Merged = {
  value: Record<string, unknown>
  fields: MergedField[]
  /** Whether people have changed something here since the last import, to something else than the document says. */
  isLocal: boolean
}

type Part = Record<string, unknown>

/** Fields whose parts mean nothing without each other. */
const indivisible = new Set(['pagination', 'placement', 'successRule'])

/** By what the entries of a list are recognised; entries of other lists are one value together. */
const identities: Record<string, (entry: unknown) => string> = {
  variables: (entry) => (entry as { key: string }).key,
  uses: (entry) => (entry as { key: string }).key,
  parameters: (entry) => `${(entry as { in: string }).in} ${(entry as { key: string }).key}`,
  accepts: (entry) => entry as string,
  withoutVariables: (entry) => entry as string,
  scopes: (entry) => entry as string,
  allowedHosts: (entry) => entry as string,
}

/**
 * Brings the changes of a document into a part, and keeps what people have changed here.
 * @param before undefined if the part was never imported: every difference is then a conflict
 * @param takesDocument whether the document wins where both have changed a field; otherwise what is here stays
 */
export function mergeParts(before: Part | undefined, here: Part, now: Part, takesDocument: boolean): Merged {
  const merging = new Merging(takesDocument)
  const value = merging.objects([], before, here, now)
  return { value, fields: merging.fields, isLocal: merging.isLocal }
}

class Merging {
  readonly fields: MergedField[] = []
  isLocal = false

  constructor(readonly takesDocument: boolean) {}

  objects(path: string[], before: unknown, here: Part, now: Part): Part {
    const earlier = isObject(before) ? before : {}
    const names = new Set([...Object.keys(here), ...Object.keys(now)])
    return Object.fromEntries(
      [...names].flatMap((name): [string, unknown][] => {
        const value = this.#value([...path, name], own(earlier, name), own(here, name), own(now, name))
        return value === undefined ? [] : [[name, value]]
      }),
    )
  }

  #value(path: string[], before: unknown, here: unknown, now: unknown): unknown {
    if (sameJson(here, now)) return here
    const name = path.at(-1)!
    if (!indivisible.has(name)) {
      if (isObject(here) && isObject(now)) return this.objects(path, before, here, now)
      const identity = path.length === 1 || path[0] === 'requests' ? identities[name] : undefined
      if (identity && isList(here) && isList(now)) return this.#lists(path, identity, before, here ?? [], now ?? [])
    }
    if (sameJson(before, now)) {
      this.isLocal = true
      return here
    }
    const isConflict = !sameJson(before, here)
    this.fields.push({ path, before, here, now, isConflict })
    if (!isConflict) return now
    this.isLocal = true
    return this.takesDocument ? now : here
  }

  /** Entries stay in the order that is here; those that the document adds follow. */
  #lists(
    path: string[],
    identity: (entry: unknown) => string,
    before: unknown,
    here: readonly unknown[],
    now: readonly unknown[],
  ): unknown[] | undefined {
    const [earlier, present, later] = [
      byIdentity(Array.isArray(before) ? before : [], identity),
      byIdentity(here, identity),
      byIdentity(now, identity),
    ]
    const entries = [...new Set([...present.keys(), ...later.keys()])].flatMap((id) => {
      const entry = this.#value([...path, id], earlier.get(id), present.get(id), later.get(id))
      return entry === undefined ? [] : [entry]
    })
    return entries.length === 0 ? undefined : entries
  }
}

function own(part: Part, name: string): unknown {
  return Object.hasOwn(part, name) ? part[name] : undefined
}

function isList(value: unknown): value is readonly unknown[] | undefined {
  return value === undefined || Array.isArray(value)
}

/** Several parameters may have one key: the second is another entry. */
function byIdentity(entries: readonly unknown[], identity: (entry: unknown) => string): Map<string, unknown> {
  const names = new FreeNames()
  return new Map(entries.map((entry) => [names.takeFree(identity(entry)), entry]))
}
