/** The address at which programs call an endpoint with an instance, each by ID or key. */
export const callPathPattern = /^\/api\/v1\/instances\/([^/?#]+)\/endpoints\/([^/?#]+)\/call$/

/** Whether a request is a call, whose body may have any size (DATA §13). @param path without a query */
export function isCallPath(path: string): boolean {
  return callPathPattern.test(path)
}
