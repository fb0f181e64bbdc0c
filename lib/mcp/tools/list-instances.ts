import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { succeed } from '@/lib/domain/result'
import { shownStatuses } from '@/lib/domain/vocabulary'
import { listInstances as operation } from '@/lib/instances/list-instances'
import { cut } from '../cut'
import { connectorInput, connectorNamed } from '../named'
import { cursorInput, nextCursor, pageOf, readCursor } from '../page'
import { reads, tool } from '../tool'

const item = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  connector: z.strictObject({ id: z.string(), key: z.string(), name: z.string(), versionLabel: z.string() }),
  method: z.strictObject({ id: z.string(), key: z.string(), name: z.string() }),
  labels: z.array(z.string()),
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string().describe('Why it is in this state; may quote the third party.'),
  statusSince: z.string(),
  unreachableSince: z.string().nullable().describe('Set if its latest requests failed: no connection, 5xx or 429.'),
})

export const listInstances = tool({
  name: 'list_instances',
  title: 'List instances',
  description:
    'Lists the instances (credentials of APIs) that you may use, with their health. Begin here. Search by name, label, external ID; filter by connector or status.',
  annotations: reads,
  operations: [operation],
  input: z.strictObject({
    search: z.string().max(200).default('').describe('Part of the name, a label or the external ID.'),
    connector: connectorInput.optional(),
    status: z.enum(keysOf(shownStatuses)).optional(),
    cursor: cursorInput,
  }),
  output: z.strictObject({ items: z.array(item), total: z.int(), nextCursor }),
  run: async (actor, { search, connector, status, cursor }) => {
    const at = readCursor(cursor)
    if (!at.ok) return at
    const connectorId = connector === undefined ? succeed(undefined) : await connectorNamed(actor, connector)
    if (!connectorId.ok) return connectorId
    const found = await operation(actor, {
      ...{ q: search, after: at.value.after, status },
      ...(connectorId.value !== undefined && { connectorId: connectorId.value }),
    })
    if (!found.ok) return found
    const page = pageOf(found.value, at.value, ({ id, key, name, method, labels, ...more }) => ({
      ...{ id, key, name, connector: more.connector },
      method: { id: method.id, key: method.key, name: method.name },
      labels: labels.slice(0, 20),
      ...{ status: more.status, statusReason: cut(more.statusReason, 300), statusSince: more.statusSince },
      unreachableSince: more.unreachableSince,
    }))
    return succeed({ ...page, total: found.value.total })
  },
})
