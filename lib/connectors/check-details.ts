import { refuse, succeed, type Result } from '@/lib/domain/result'
import {
  findLiteralSecret,
  findLiteralSecretInProse,
  literalSecretMessage,
} from '@/lib/domain/variables/literal-secrets'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import type { CreateConnector } from './schema'

/** Rules for the basic details of a connector that its schema cannot express. */
export function checkDetails(details: Omit<CreateConnector, 'icon'>): Result<null> {
  if (details.baseUrl !== '') {
    const url = checkUrlTemplate(details.baseUrl, { relative: false })
    if (!url.ok) return refuse(url.error.code, url.error.message, 'baseUrl')
  }
  const inUrl = findLiteralSecret(details.baseUrl)
  if (inUrl) return refuse('literal_secret', literalSecretMessage(inUrl), 'baseUrl')
  const inText = findLiteralSecretInProse(details.description)
  if (inText) return refuse('literal_secret', literalSecretMessage(inText), 'description')
  return succeed(null)
}
