import 'server-only'
import type { OutboundResponse, OutboundRequest } from '@/lib/domain/http-messages'
import type { Network } from './network'
import { MemoryShare } from './memory-share'
import { readBody } from './read-body'
import { defaultMaxResponseBytes, type RawSendOptions } from './send-options'
import { sendRaw, type NoResponse, type RawResponse, type RawOutcome } from './send-raw'
import type { Timing } from './trace'

/** A request whose answer is read to its end before anybody looks at it. */

export type SendOutcome =
  | {
      ok: true
      /** The body is decompressed; the headers are as they came. */
      response: OutboundResponse
      /** As it was requested: may hold secrets. */
      finalUrl: string
      /** Origins and paths of the redirects that were followed, fit to be shown. */
      redirects: string[]
      timing: Timing
    }
  | NoResponse

export async function send(request: OutboundRequest, options: RawSendOptions, network?: Network): Promise<SendOutcome> {
  return readWhole(await sendRaw(request, options, network), async (outcome) => outcome, options.maxResponseBytes)
}

/**
 * Decompressed, and no longer than the limit: a small answer that unpacks to gigabytes ends there.
 * @param use while it lasts the answer counts in the memory that all answers share
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
