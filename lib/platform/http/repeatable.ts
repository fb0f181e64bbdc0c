const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** Whether sending a request twice has the same effect as sending it once (RFC 9110 §9.2.2). */
export function isRepeatable(method: string): boolean {
  return repeatable.has(method)
}
