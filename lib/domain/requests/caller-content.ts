/** What a program adds to the request of an endpoint that it calls (DATA §13). */
export type CallerContent = {
  /** Preferences and conditions, such as `Accept-Language`. A header of the definition with the same name is sent instead. */
  headers: [name: string, value: string][]
  /** Sent instead of the definition's body; null sends the definition's. */
  body: CallerBody | null
}

export type CallerBody = {
  /** Its type and encoding, which replace those of the definition. */
  headers: [name: string, value: string][]
  /** `streamed`: too long to be in memory, so it is sent from elsewhere, unsigned. */
  bytes: Uint8Array | 'streamed'
}

const aboutTheBody = new Set([
  ...['content-type', 'content-encoding', 'content-language', 'content-disposition'],
  ...['content-digest', 'repr-digest', 'digest', 'content-md5'],
])

/**
 * RFC 9110 §12.5 and §13.1, RFC 9111 §5.2, RFC 7240, draft-ietf-httpapi-idempotency-key-header, W3C Trace Context. Every
 * other header is between the program and this installation, or belongs to the definition.
 */
const passedOn = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'range', 'if-range'],
  ...['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
  ...['prefer', 'idempotency-key', 'traceparent', 'tracestate'],
])

/**
 * The headers of a program's request that are passed on, and its body.
 * @param bytes null if the program sent no body
 */
export function callerContentOf(
  headers: readonly (readonly [name: string, value: string])[],
  bytes: CallerBody['bytes'] | null,
): CallerContent {
  const among = (names: ReadonlySet<string>) =>
    headers.filter(([name]) => names.has(name.toLowerCase())).map(([name, value]): [string, string] => [name, value])
  const preferences = among(passedOn)
  // The response is passed on as it is, so only an encoding that the program asked for may be used.
  const isEncodingGiven = preferences.some(([name]) => name.toLowerCase() === 'accept-encoding')
  return {
    headers: isEncodingGiven ? preferences : [...preferences, ['accept-encoding', 'identity']],
    body: bytes === null ? null : { headers: among(aboutTheBody), bytes },
  }
}
