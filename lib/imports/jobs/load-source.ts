import 'server-only'
import { SecretBook } from '@/lib/domain/secret-book'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { currentNetwork, type Network } from '@/lib/platform/http/network'
import { readPieces } from '@/lib/platform/http/read-body'
import { sendRaw } from '@/lib/platform/http/send-raw'
import type { ImportWork } from '../import-work'
import { piecesOf } from '../reading/pieces'
import { mostSourceBytes } from '../reading/source-limits'
import { withoutQuery } from '../shown-source'
import { writeChunk } from '../source-chunks'
import { documentRequest } from './document-request'

/** For everything: a document of 100 MB at 1 MB/s. */
const timeoutMs = 2 * 60_000

class TooLarge extends Error {}

/** The database, not the third party, prevented it; `cause` is its error, or that this process was overtaken. */
class NotStored extends Error {}

/**
 * Loads the document of an address through the outbound policy into the chunks of the import. Nothing but a plain GET is
 * sent.
 * @returns where the document was found, after redirects
 * @throws what storing a piece threw, so that the job is done again
 */
export async function loadSource(work: ImportWork, network: Network = currentNetwork()): Promise<Result<string>> {
  const { sourceName: url } = work.row
  const secrets = new SecretBook()
  const response = await sendRaw(
    documentRequest(url),
    { timeoutMs, maxResponseBytes: mostSourceBytes, secrets },
    network,
  )
  if (!response.ok) return response
  if (response.status < 200 || response.status > 299) {
    response.body.destroy()
    return refuse(
      'invalid_answer',
      `${withoutQuery(url)} responded with status ${response.status}, so there is no document to read. Check the address.`,
    )
  }
  try {
    await readPieces(response.body, response.headers, (pieces) => store(work, pieces))
    return succeed(response.finalUrl)
  } catch (error) {
    if (error instanceof NotStored) throw error.cause
    if (error instanceof TooLarge)
      return refuse('answer_too_large', 'The document of this address has more than 100 MB, so it was not read.')
    return { ok: false, error: response.explain(error) }
  }
}

async function store(work: ImportWork, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  let position = 0
  let total = 0
  for await (const bytes of piecesOf(pieces)) {
    total += bytes.byteLength
    if (total > mostSourceBytes) throw new TooLarge()
    const at = position
    await work
      .write({ bytes: total }, (tx) => writeChunk(tx, work.owner, at, bytes))
      .catch((cause: unknown) => {
        throw new NotStored('a piece of the document was not stored', { cause })
      })
    position += 1
  }
}
