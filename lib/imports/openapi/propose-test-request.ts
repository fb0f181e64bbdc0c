import type { EndpointInput } from '@/lib/imports/document-schema'

/** Requests that describe the caller, the likeliest first. */
const callers = [
  /\/(?:me|self|whoami|who-am-i|whoAmI)$/i,
  /\/(?:users?|accounts?|people|members?|profiles?|customers?)\/(?:me|self|current|~|@me)$/i,
  /\/(?:current[-_]?user|userinfo|user[-_]?info|viewer|myself|authenticated[-_]?user)$/i,
  /\/(?:auth|oauth|token|tokens|session)\/(?:test|verify|check|validate|info|status|introspect)$/i,
  /^\/(?:v?\d[\w.]*\/)?(?:user|account|profile)$/i,
  /\/(?:user|account|profile)$/i,
  /\/(?:ping|auth\.test)$/i,
]

/**
 * The URL of a GET that needs no value and describes the caller, for each method that it accepts. A request that works
 * without credentials would prove nothing, so one that also accepts *None* is not proposed.
 */
export function proposeTestRequests(endpoints: readonly EndpointInput[], noneName: string | null): Map<string, string> {
  const best = new Map<string, { rank: number; url: string }>()
  for (const endpoint of endpoints) {
    const { url, accepts = [] } = endpoint
    if (noneName !== null && accepts.includes(noneName)) continue
    const rank = rankOf(endpoint)
    if (rank < 0) continue
    for (const name of accepts) {
      const before = best.get(name)
      if (!before || rank < before.rank) best.set(name, { rank, url })
    }
  }
  return new Map([...best].map(([name, { url }]) => [name, url]))
}

/** Whether an endpoint may become a test request, so that the others need not be kept until all are read. */
export const describesCaller = (endpoint: EndpointInput): boolean => rankOf(endpoint) >= 0

/** The place in `callers`; -1 if it needs a value or does not describe the caller. */
function rankOf({ method = 'GET', url, variables = [], parameters = [], deprecated = false }: EndpointInput): number {
  if (method !== 'GET' || variables.length > 0 || deprecated || url.includes('{{')) return -1
  if (parameters.some(({ required, key }) => required && key !== 'Accept')) return -1
  const path = url
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
  return callers.findIndex((pattern) => pattern.test(path))
}
