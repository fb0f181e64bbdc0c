import 'server-only'
import { createHash } from 'node:crypto'
import { openApiDocument } from './open-api'

/** Generated once: it changes only with the version of Patchbay and its settings. */
let cached: { text: string; etag: string } | undefined

/** `/api/v1/openapi.json`, for everybody: it contains nothing of a workspace. */
export function answerDocument(request: Request): Response {
  const { text, etag } = (cached ??= withTag(JSON.stringify(openApiDocument())))
  const headers = { etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } })
}

function withTag(text: string) {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` }
}
