import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { importConnectorSchema } from './document-schema'
import type { ConnectorPlan } from './plan-connector'
import { connectorPreview, type ConnectorPreview } from './import-views'
import { readSource } from './read-source'

/** As many as a screen shows before the import. The whole report stays with the connector. */
const mostShown = { groups: 100, endpoints: 200, lines: 100 }

/** Reads a document and returns the connector that importing it would add. Stores nothing. */
export const previewConnectorDocument = operation({
  name: 'preview_connector_document',
  permission: 'change',
  input: importConnectorSchema,
  output: connectorPreview,
  run: async (_context, { document, name }) => {
    const source = await readSource(document, name)
    if (!source.ok) return source
    const { plan, format, report } = source.value
    return succeed({
      format,
      ...contentsOf(plan),
      report: { total: report.length, lines: report.slice(0, mostShown.lines) },
    })
  },
})

function contentsOf({ details, methods, endpoints }: ConnectorPlan): Omit<ConnectorPreview, 'format' | 'report'> {
  const accepting = new Map<string, number>()
  const types = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { accepts, entityType } of endpoints) {
    add(types, entityType)
    for (const key of accepts) add(accepting, key)
  }
  const { name, versionLabel, baseUrl } = details
  const nameOf = new Map(methods.map((method) => [method.key, method.name]))
  return {
    ...{ name, versionLabel, baseUrl },
    methods: methods.map((method) => ({
      name: method.name,
      type: method.type,
      endpoints: accepting.get(method.key) ?? 0,
    })),
    entityTypes: [...types].slice(0, mostShown.groups).map(([entityType, count]) => ({ entityType, endpoints: count })),
    endpoints: {
      total: endpoints.length,
      first: endpoints.slice(0, mostShown.endpoints).map((endpoint) => ({
        name: endpoint.name,
        entityType: endpoint.entityType,
        httpMethod: endpoint.httpMethod,
        url: endpoint.url,
        accepts: endpoint.accepts.map((key) => nameOf.get(key)!),
      })),
    },
  }
}
