import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { connectionDocument } from './connection-format'
import { parseConnectionDocument } from './parse-document'
import { planDocument } from './plan-document'
import { mayBeCurl } from './curl/may-be-curl'
import { readCurl } from './read-curl'
import { readOpenApi, type ReadSource } from './read-open-api'
import { readPostman } from './read-postman'
import { mayBeOpenApi } from './recognise-open-api'
import { mayBePostman } from './recognise-postman'
import { neither } from './unrecognised'

/**
 * Recognises a document and plans the connector it describes: an OpenAPI document, a Postman collection, a curl
 * command or a connection document.
 * @param name replaces the name in the document; empty: that in the document
 */
export async function readSource(source: string, name: string): Promise<Result<ReadSource>> {
  const read = mayBeCurl(source) ? readCurl(source) : ((await readAsKnown(source)) ?? readAsDocument(source))
  if (!read.ok || name === '') return read
  const { plan } = read.value
  return succeed({ ...read.value, plan: { ...plan, details: { ...plan.details, name } } })
}

/** By the first reader that may know it; null if none does. */
async function readAsKnown(source: string): Promise<Result<ReadSource> | null> {
  for (const question of [
    ...(mayBeOpenApi(source) ? [readOpenApi] : []),
    ...(mayBePostman(source) ? [readPostman] : []),
  ]) {
    const body = new TextEncoder().encode(source)
    const asked = await askAboutBody(question, { body }, { bodies: [body], handOver: true })
    if (!asked.ok)
      return refuse(
        'too_costly',
        'Reading this document takes too much time or memory. Import a part of it.',
        'document',
      )
    const read = asked.value
    if (!read.ok) return read
    if (read.value !== null) return succeed(read.value)
  }
  return null
}

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
