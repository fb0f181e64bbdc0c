import 'server-only'
import { discoveryUrls, type DiscoveredServer } from '@/lib/domain/oauth2/discovery'
import { statusInWords } from '@/lib/domain/http-status-words'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { SecretBook } from '@/lib/domain/secret-book'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { send } from '@/lib/platform/http/send'
import { operation } from '@/lib/operations/operation'
import { readServerDocument } from './read-server-document'
import { discoverSchema } from './schema'
import { discoveredServer } from './views'

const timeoutMs = 10_000

const longestDocument = 512 * 1024

/**
 * Reads what an authorisation server publishes about itself and stores nothing. The request carries no credentials and
 * stays on the origin that was typed. Errors name the field `issuer`.
 * @see RFC 8414 §3, OpenID Connect Discovery 1.0 §4
 */
export const discoverServer = operation({
  name: 'discover_server',
  permission: 'change',
  input: discoverSchema,
  output: discoveredServer,
  run: async (_context, { issuer }) => {
    const urls = discoveryUrls(issuer)
    if (!urls.ok) return urls
    for (const url of urls.value) {
      const found = await readDocumentAt(url)
      if (!found.ok) return refuse(found.error.code, found.error.message, 'issuer')
      if (found.value !== null) return succeed(found.value)
    }
    return refuse('not_found', `The server publishes no metadata. Tried: ${urls.value.join(', ')}.`, 'issuer')
  },
})

/** Null if the server has no document at this URL; the next one may have it. */
async function readDocumentAt(url: string): Promise<Result<DiscoveredServer | null>> {
  const { origin } = new URL(url)
  const request = {
    method: 'GET' as const,
    url,
    headers: [['Accept', 'application/json'] as [string, string]],
    body: null,
  }
  const outcome = await send(request, {
    timeoutMs,
    maxResponseBytes: longestDocument,
    allowedOrigin: (target) => target.origin === origin,
    secrets: new SecretBook(),
  })
  if (!outcome.ok) return outcome
  const { response } = outcome
  const { status } = response
  if (status === 200) {
    const asked = await askAboutBody(readServerDocument, { response, url }, { bodies: [response.body] })
    return asked.ok ? asked.value : asked
  }
  return status >= 400 && status < 500
    ? succeed(null)
    : refuse('invalid_answer', `The server returned ${statusInWords(status)} instead of its metadata.`)
}
