/** The usual reason phrases of RFC 9110 and RFC 6585. */
const phrases: Record<number, string> = {
  ...{ 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 206: 'Partial Content' },
  ...{ 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified' },
  ...{ 307: 'Temporary Redirect', 308: 'Permanent Redirect' },
  ...{ 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found' },
  ...{ 405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone' },
  ...{ 411: 'Length Required', 412: 'Precondition Failed', 413: 'Content Too Large', 415: 'Unsupported Media Type' },
  ...{ 422: 'Unprocessable Content', 423: 'Locked', 425: 'Too Early', 426: 'Upgrade Required' },
  ...{ 428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large' },
  ...{ 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable' },
  ...{ 504: 'Gateway Timeout' },
}

/** `Unauthorized`; empty if the standards define no phrase for the status. */
export function phraseOf(status: number): string {
  return phrases[status] ?? ''
}

/** `401 Unauthorized`; only the number if the standards define no phrase for it. */
export function statusInWords(status: number): string {
  return `${status} ${phraseOf(status)}`.trimEnd()
}
