import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { parseConnectionDocument } from './parse-document'
import { planDocument } from './plan-document'
import { mayBeCurl } from './curl/may-be-curl'
import { readCurl } from './read-curl'
import { readOpenApi, type ReadSource } from './read-open-api'
import { mayBeOpenApi } from './recognise-open-api'

/** The format of a connection document, as people see it. */
export const connectionDocument = 'Connection document'

/**
 * Recognises a document and plans the connector it describes: an OpenAPI document, a curl command or a connection
 * document.
 * @param name replaces the name in the document; empty: that in the document
 */
export async function readSource(source: string, name: string): Promise<Result<ReadSource>> {
  const read = mayBeCurl(source) ? readCurl(source) : ((await readAsOpenApi(source)) ?? readAsDocument(source))
  if (!read.ok || name === '') return read
  const { plan } = read.value
  return succeed({ ...read.value, plan: { ...plan, details: { ...plan.details, name } } })
}

async function readAsOpenApi(source: string): Promise<Result<ReadSource> | null> {
  if (!mayBeOpenApi(source)) return null
  const body = new TextEncoder().encode(source)
  const asked = await askAboutBody(readOpenApi, { body }, { bodies: [body], handOver: true })
  if (!asked.ok)
    return refuse('too_costly', 'Reading this document takes too much time or memory. Import a part of it.', 'document')
  const read = asked.value
  if (!read.ok) return read
  return read.value === null ? null : succeed(read.value)
}

const neither =
  'This is neither an OpenAPI document nor a connection document. The first has a key openapi or swagger with its version, the second the keys patchbay and kind.'

function readAsDocument(source: string): Result<ReadSource> {
  const parsed = parseConnectionDocument(source, neither)
  if (!parsed.ok) return parsed
  if (parsed.value.kind !== 'connector')
    return refuse(
      'invalid_input',
      'This document is an authentication method. Import it in the Authentication section of a connector.',
      'document',
    )
  const plan = planDocument(parsed.value)
  return plan.ok ? succeed({ plan: plan.value, format: connectionDocument, report: [] }) : plan
}
