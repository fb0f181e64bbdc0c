import { systemActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import type { RequestLogEntry } from '@/lib/request-log/entry'
import { SecretBook } from '@/lib/domain/secret-book'

/** A line of the request log: a GET with the status 200, unless given otherwise. */
export function aRequestLogEntry(workspaceId: string, given: Partial<RequestLogEntry> = {}): RequestLogEntry {
  return {
    workspaceId,
    correlationId: newId(),
    purpose: 'endpoint',
    ...{
      connectorId: null,
      methodId: null,
      instanceId: null,
      endpointId: null,
      flowId: null,
      shapeId: null,
    },
    actor: systemActor(workspaceId),
    subject: 'Acme · instance 1 · List orders',
    request: { method: 'GET', url: 'https://api.acme.example/orders', headers: [], body: null },
    credentialNames: { headers: [], queryKeys: [] },
    secrets: new SecretBook(),
    response: { status: 200, headers: [], body: new Uint8Array() },
    error: null,
    durationMs: 12,
    ...given,
  }
}
