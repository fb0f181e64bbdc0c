import { newId } from '@/lib/platform/db/new-id'
import type { Actor } from '@/lib/domain/access/actor'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { Credentials } from '@/lib/credentials/credentials'

/** What a line of the request log says about a request besides the request itself. */
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
  /** Names at the time, so that a line can be read after a deletion. */
  subject: string
}

/** What one person's act adds to all the requests it causes. */
export type Cause = {
  actor: Actor
  correlationId: string
  endpointId?: string
  flowId?: string
  shapeId?: string
  what: string
}

/** Of one person's act: what it causes from here on shares a correlation. */
export function causeOf(actor: Actor, what: string, more: Partial<Omit<Cause, 'actor' | 'what'>> = {}): Cause {
  return { correlationId: newId(), ...more, actor, what }
}

/** A line of the request log, but for the request. */
export function contextOf(credentials: Credentials, purpose: RequestPurpose, cause: Cause): RequestContext {
  const { workspaceId, connector, method, instance } = credentials
  return {
    ...{ workspaceId, purpose, connectorId: connector.id, methodId: method.id, instanceId: instance?.id ?? null },
    ...{ correlationId: cause.correlationId, actor: cause.actor },
    ...{ endpointId: cause.endpointId ?? null, flowId: cause.flowId ?? null, shapeId: cause.shapeId ?? null },
    subject: [connector.name, instance?.name ?? method.name, cause.what].join(' · '),
  }
}
