import type { Actor } from '@/lib/domain/access/actor'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import type { Refusal } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { RequestPurpose } from './words'

/**
 * One request as it was sent, or stopped before it left. Secrets are still in it: they are removed as it is written.
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
  /** Names at the time, so that the line can be read after a deletion. */
  subject: string
  request: OutboundRequest
  /** Where the method placed credentials. */
  credentialNames: { headers: readonly string[]; queryKeys: readonly string[] }
  secrets: KnownSecrets
  response: LoggedResponse | null
  error: Refusal | null
  durationMs: number
}

export type LoggedResponse = {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
  /** Where `body` is only the beginning, as it came from the connection: of so many bytes. */
  startOf?: number
}
