import 'server-only'
import type { OutboundResponse, OutboundRequest } from '@/lib/domain/http-messages'
import type { Network } from './network'
import { MemoryShare } from './memory-share'
import { readBody } from './read-body'
import { defaultMaxResponseBytes, type RawSendOptions } from './send-options'
import { sendRaw, type NoResponse, type RawResponse, type RawOutcome } from './send-raw'
import type { Timing } from './trace'

/** Sends a request and reads its whole response. */

export type SendOutcome =
  | {
      ok: true
      /** The body is decompressed; the headers are as received. */
      response: OutboundResponse
      /** As requested; may contain secrets. */
      finalUrl: string
      /** Origins and paths of the redirects that were followed, with secrets redacted. */
      redirects: string[]
      timing: Timing
    }
  | NoResponse

export async function send(request: OutboundRequest, options: RawSendOptions, network?: Network): Promise<SendOutcome> {
  return readWhole(await sendRaw(request, options, network), async (outcome) => outcome, options.maxResponseBytes)
}

/**
 * Reads and decompresses the response up to the limit, so that a small response cannot expand to gigabytes.
 * @param use while it runs, the response counts towards the memory that all responses share
 */
export async function readWhole<Value>(
  outcome: RawOutcome,
  use: (outcome: SendOutcome) => Promise<Value>,
  limit = defaultMaxResponseBytes,
): Promise<Value> {
  if (!outcome.ok) return use(outcome)
  const share = new MemoryShare()
  try {
    return await use(await readInto(share, outcome, limit))
  } finally {
    share.giveBack()
  }
}

async function readInto(share: MemoryShare, outcome: RawResponse, limit: number): Promise<SendOutcome> {
  const { status, headers, finalUrl, redirects, timing } = outcome
  try {
    const body = await readBody(outcome.body, headers, limit, share)
    return { ok: true, response: { status, headers, body }, finalUrl, redirects, timing: timing() }
  } catch (error) {
    return { ok: false, error: outcome.explain(error), delivery: 'unknown', timing: timing() }
  }
}
