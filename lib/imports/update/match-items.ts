/** What a method or an endpoint of a document is recognised by. */
export type Recognised = {
  id: string
  /** The operation ID, otherwise method and path; the name of a method. */
  key: string
  name: string
  /** The authentication type of a method, which never changes. */
  tag: string
  httpMethod: string
  url: string
}

const identities: Record<'method' | 'endpoint', [byKey: Identity, other: Identity]> = {
  method: [({ key, tag }) => `${tag} ${key}`, ({ name, tag }) => `${tag} ${name}`],
  endpoint: [({ key }) => key, ({ httpMethod, url }) => `${httpMethod} ${url}`],
}
type Identity = (item: Recognised) => string

/**
 * Finds for each item of a document what it was before: by its key, otherwise by HTTP method and URL, which stay when an
 * operation ID is renamed. A method of another type is another method.
 * @param keys whether keys of both sides are of one kind: an operation ID may be equal to the key of any endpoint
 * @returns the earlier one, by the ID of the item
 */
export function matchItems<Earlier extends Recognised>(
  kind: 'method' | 'endpoint',
  now: readonly Recognised[],
  before: readonly Earlier[],
  keys: 'comparable' | 'different' = 'comparable',
): Map<string, Earlier> {
  const found = new Map<string, Earlier>()
  const left = new Set(before)
  const [byKey, other] = identities[kind]
  for (const identity of keys === 'comparable' ? [byKey, other] : [other]) {
    const free = new Map([...left].map((item) => [identity(item), item]))
    for (const item of now) {
      const earlier = found.has(item.id) ? undefined : free.get(identity(item))
      if (earlier === undefined || !left.delete(earlier)) continue
      found.set(item.id, earlier)
    }
  }
  return found
}
