import { jsonOf } from '@/lib/domain/responses/response'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { readDiscovery } from '@/lib/domain/oauth2/discovery'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

/** Reads the metadata that an authorisation server publishes about itself. */
export const readServerDocument = bodyQuestion(
  'read_server_document',
  ({ response, url }: { response: OutboundResponse; url: string }) => readDiscovery(jsonOf(response), url),
)
