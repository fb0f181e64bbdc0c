import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { listConnectors as operation } from '@/lib/connectors/list-connectors'
import { cursorInput, nextCursor, pageOf, readCursor } from '../page'
import { reads, tool } from '../tool'

const item = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  versionLabel: z.string(),
  systemType: z.string(),
  disabled: z.boolean(),
  endpoints: z.int(),
  methods: z.int(),
  instances: z.int(),
})

export const listConnectors = tool({
  name: 'list_connectors',
  title: 'List connectors',
  description:
    'Lists the connectors: the APIs whose endpoints and authentication methods are set up here, by name. To call something, begin with list_instances instead.',
  annotations: reads,
  operations: [operation],
  input: z.strictObject({
    search: z.string().max(200).default('').describe('Part of the name of a connector or of an instance of it.'),
    cursor: cursorInput,
  }),
  output: z.strictObject({ items: z.array(item), total: z.int(), nextCursor }),
  run: async (actor, { search, cursor }) => {
    const at = readCursor(cursor)
    if (!at.ok) return at
    const found = await operation(actor, { q: search, sort: 'name', after: at.value.after })
    if (!found.ok) return found
    const page = pageOf(found.value, at.value, ({ id, key, name, versionLabel, systemType, disabled, ...counts }) => ({
      ...{ id, key, name, versionLabel, systemType, disabled },
      ...{ endpoints: counts.endpoints, methods: counts.methods, instances: counts.instancesTotal },
    }))
    return succeed({ ...page, total: found.value.total })
  },
})
