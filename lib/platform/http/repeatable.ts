const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** Whether sending a request twice does the same as sending it once (RFC 9110 §9.2.2). */
export function isRepeatable(method: string): boolean {
  return repeatable.has(method)
}
