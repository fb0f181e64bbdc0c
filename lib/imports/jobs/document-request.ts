import type { OutboundRequest } from '@/lib/domain/http-messages'

/** Asks for a document. It has no credentials, and no header that could become one. */
export function documentRequest(url: string): OutboundRequest {
  return {
    method: 'GET',
    url,
    headers: [
      ['Accept', 'application/json, application/yaml, text/yaml, application/zip, */*;q=0.5'],
      ['Accept-Encoding', 'gzip, deflate, br'],
    ],
    body: null,
  }
}
