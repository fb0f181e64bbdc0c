import { newId } from '@/lib/platform/db/new-id'
import type { Actor } from '@/lib/domain/access/actor'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { Credentials } from '@/lib/credentials/credentials'

/** What a line of the request log says about the circumstances of a request. */
export type RequestContext = {
  workspaceId: string
  correlationId: string
  purpose: RequestPurpose
  connectorId: string
  methodId: string
  instanceId: string | null
  endpointId: string | null
  flowId: string | null
  shapeId: string | null
  actor: Actor
  /** The names at the time of the request, so that the line is readable after a deletion. */
  subject: string
}

/** What all requests of one action have in common. */
export type Cause = {
  actor: Actor
  correlationId: string
  endpointId?: string
  flowId?: string
  shapeId?: string
  what: string
}

/** The cause for one action. Its requests share a correlation id. */
export function causeOf(actor: Actor, what: string, more: Partial<Omit<Cause, 'actor' | 'what'>> = {}): Cause {
  return { correlationId: newId(), ...more, actor, what }
}

/** A line of the request log, without the request. */
export function contextOf(credentials: Credentials, purpose: RequestPurpose, cause: Cause): RequestContext {
  const { workspaceId, connector, method, instance } = credentials
  return {
    ...{ workspaceId, purpose, connectorId: connector.id, methodId: method.id, instanceId: instance?.id ?? null },
    ...{ correlationId: cause.correlationId, actor: cause.actor },
    ...{ endpointId: cause.endpointId ?? null, flowId: cause.flowId ?? null, shapeId: cause.shapeId ?? null },
    subject: [connector.name, instance?.name ?? method.name, cause.what].join(' · '),
  }
}
