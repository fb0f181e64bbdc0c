import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { succeed, type Result } from '@/lib/domain/result'
import type { Actor } from '@/lib/domain/access/actor'
import { momentField } from '@/lib/operations/input'
import { listRequests as operation } from '@/lib/request-log/list-requests'
import { requestStatus } from '@/lib/request-log/schema'
import type { RequestSummary } from '@/lib/request-log/views'
import { requestOutcomes, requestPurposes } from '@/lib/request-log/words'
import { cut } from '../cut'
import { connectorInput, connectorNamed, instanceInput, instanceNamed } from '../named'
import { cursorInput, nextCursor, pageOf, readCursor } from '../page'
import { reads, tool } from '../tool'

const item = z.strictObject({
  id: z.string(),
  at: z.string(),
  purpose: z.enum(keysOf(requestPurposes)),
  outcome: z.enum(keysOf(requestOutcomes)),
  subject: z.string().describe('Connector, instance and action.'),
  by: z.string().nullable().describe('The person or key that caused it; null: Patchbay itself.'),
  httpMethod: z.string(),
  url: z.string(),
  status: z.int().nullable(),
  reason: z.string().nullable().describe('Why it failed; null if it succeeded.'),
  durationMs: z.number(),
  correlationId: z.string().describe('Requests of one call share it, with those for tokens and retries.'),
})

export const listRequests = tool({
  name: 'list_requests',
  title: 'Search the request log',
  description:
    'Searches the log of requests that were sent to third parties, newest first. Filter by instance, connector, outcome, status, purpose, time, or by the correlationId of one call. describe_request shows one with its bodies.',
  annotations: reads,
  operations: [operation],
  input: z.strictObject({
    search: z.string().max(200).default('').describe('Part of the subject or URL.'),
    instance: instanceInput.optional(),
    connector: connectorInput.optional(),
    outcome: z.enum(keysOf(requestOutcomes)).optional(),
    purpose: z.enum(keysOf(requestPurposes)).optional(),
    status: requestStatus.optional().describe('“404”, or a class such as “5xx”.'),
    from: momentField.optional().describe('From this moment on (ISO 8601, UTC).'),
    to: momentField.optional().describe('Before this moment (ISO 8601, UTC).'),
    correlationId: z.string().max(64).optional(),
    cursor: cursorInput,
  }),
  output: z.strictObject({
    items: z.array(item),
    total: z.int().describe('10,000 means at least as many.'),
    nextCursor,
  }),
  run: async (actor, { search, cursor, instance, connector, ...filter }) => {
    const at = readCursor(cursor)
    if (!at.ok) return at
    const ids = await idsOf(actor, { instance, connector })
    if (!ids.ok) return ids
    const found = await operation(actor, { ...filter, ...ids.value, q: search, sort: '-at', after: at.value.after })
    if (!found.ok) return found
    return succeed({ ...pageOf(found.value, at.value, shown), total: found.value.total })
  },
})

async function idsOf(
  actor: Actor,
  { instance, connector }: { instance?: string; connector?: string },
): Promise<Result<{ instanceId?: string; connectorId?: string }>> {
  const instanceId = instance === undefined ? null : await instanceNamed(actor, instance)
  if (instanceId && !instanceId.ok) return instanceId
  const connectorId = connector === undefined ? null : await connectorNamed(actor, connector)
  if (connectorId && !connectorId.ok) return connectorId
  return succeed({
    ...(instanceId && { instanceId: instanceId.value }),
    ...(connectorId && { connectorId: connectorId.value }),
  })
}

function shown({ id, at, purpose, outcome, subject, person, httpMethod, url, ...more }: RequestSummary) {
  return {
    ...{ id, at, purpose, outcome, subject: cut(subject, 200), by: person, httpMethod, url: cut(url, 300) },
    ...{ status: more.status, reason: more.reason, durationMs: more.durationMs, correlationId: more.correlationId },
  }
}
