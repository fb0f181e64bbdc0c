import type { Actor } from '@/lib/domain/access/actor'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import type { Refusal } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { RequestPurpose } from './words'

/**
 * One request as it was sent, or stopped before it was sent. It still contains secrets, which are removed when it is
 * written.
 */
export type RequestLogEntry = {
  workspaceId: string
  correlationId: string
  purpose: RequestPurpose
  connectorId: string | null
  methodId: string | null
  instanceId: string | null
  endpointId: string | null
  flowId: string | null
  shapeId: string | null
  actor: Actor
  /** The names at the time of the request, so that the line is readable after a deletion. */
  subject: string
  request: LoggedRequest
  /** The headers and query keys with credentials. */
  credentialNames: { headers: readonly string[]; queryKeys: readonly string[] }
  secrets: KnownSecrets
  response: LoggedResponse | null
  error: Refusal | null
  durationMs: number
}

export type LoggedRequest = OutboundRequest & {
  /** Set if `body` is only the beginning: the number of bytes of the complete body. */
  startOf?: number
}

export type LoggedResponse = {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
  /** Set if `body` is only the beginning, as received from the connection: the number of bytes of the complete body. */
  startOf?: number
}
