import type { HttpMethod, PathValues, Route } from './route'

/** Finds the route of a request. */

export type FoundRoute =
  | { kind: 'found'; route: Route; path: PathValues }
  | { kind: 'other_method'; allowed: HttpMethod[] }
  | { kind: 'unknown' }

type Pattern = { parts: readonly string[]; route: Route }

/** @returns finds a route by method and path (`/connectors/…`); the path is not decoded yet */
export function routeFinder(routes: readonly Route[]): (method: string, pathname: string) => FoundRoute {
  const byLength = Map.groupBy(
    routes.map((route): Pattern => ({ parts: partsOf(route.path), route })),
    ({ parts }) => parts.length,
  )
  return (method, pathname) => {
    const given = partsOf(pathname)
    const matching = (byLength.get(given.length) ?? []).flatMap(({ parts, route }) => {
      const path = match(parts, given)
      return path ? [{ route, path }] : []
    })
    // An address in words goes before one with a value: `/connectors/import` before `/connectors/{connectorId}`.
    const sorted = matching.toSorted((a, b) => Object.keys(a.path).length - Object.keys(b.path).length)
    const found = sorted.find(({ route }) => route.method === method)
    if (found) return { kind: 'found', ...found }
    return sorted.length === 0
      ? { kind: 'unknown' }
      : { kind: 'other_method', allowed: sorted.map(({ route }) => route.method) }
  }
}

function partsOf(path: string): string[] {
  return path.split('/').slice(1)
}

function match(parts: readonly string[], given: readonly string[]): PathValues | null {
  const values: PathValues = {}
  for (const [index, part] of parts.entries()) {
    const text = decoded(given[index]!)
    if (text === null || text === '') return null
    if (part.startsWith('{')) values[part.slice(1, -1)] = text
    else if (part !== text) return null
  }
  return values
}

/** Null if the percent-encoding is invalid. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
