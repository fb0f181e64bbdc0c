import 'server-only'
import { SecretBook } from '@/lib/domain/secret-book'
import { currentNetwork, type Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import type { LoadedFile } from '../reading/read-result'
import { loadLimits } from '../reading/source-limits'
import { withoutQuery } from '../shown-source'
import { documentRequest } from './document-request'

/** Loads another file of a document, by the outbound policy. What prevents it is a sentence for the report. */
export async function loadFile(url: string, network: Network = currentNetwork()): Promise<LoadedFile> {
  const options = {
    timeoutMs: loadLimits.timeoutMs,
    maxResponseBytes: loadLimits.fileBytes,
    secrets: new SecretBook(),
  }
  const response = await send(documentRequest(url), options, network)
  if (!response.ok) return { problem: response.error.message }
  const { status, body } = response.response
  if (status < 200 || status > 299) return { problem: `${withoutQuery(url)} responded with status ${status}.` }
  return { bytes: body }
}
