import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { cut } from '../cut'
import { instanceInput, instanceNamed } from '../named'
import { cursorInput, nextCursor, pageOf, readCursor } from '../page'
import { reads, tool } from '../tool'

const item = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  entityType: z.string(),
  direction: z.string(),
  httpMethod: z.string(),
  url: z.string().describe('Template, absolute or relative to the base URL.'),
  deprecated: z.boolean(),
})

/** Rule R1. */
export const listInstanceEndpoints = tool({
  name: 'list_instance_endpoints',
  title: 'List the endpoints of an instance',
  description:
    'Lists exactly the endpoints that an instance may call, ordered by entity type and name. Search by name, entity type or URL. Then use describe_endpoint.',
  annotations: reads,
  operations: [listOfferedEndpoints],
  input: z.strictObject({
    instance: instanceInput,
    search: z.string().max(200).default('').describe('Part of the name, entity type or URL.'),
    cursor: cursorInput,
  }),
  output: z.strictObject({
    items: z.array(item),
    offered: z.int().describe('How many endpoints the instance may call, whatever the search.'),
    hidden: z.int().describe('How many more the connector has, which do not accept this authentication method.'),
    nextCursor,
  }),
  run: async (actor, { instance, search, cursor }) => {
    const at = readCursor(cursor)
    if (!at.ok) return at
    const instanceId = await instanceNamed(actor, instance)
    if (!instanceId.ok) return instanceId
    const after = at.value.after === '' ? null : at.value.after
    const found = await listOfferedEndpoints(actor, { instanceId: instanceId.value, search, after })
    if (!found.ok) return found
    const page = pageOf(found.value, at.value, ({ url, ...endpoint }) => ({ ...endpoint, url: cut(url, 500) }))
    return succeed({ ...page, ...found.value.counts })
  },
})
