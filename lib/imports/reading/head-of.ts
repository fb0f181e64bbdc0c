import type { ConnectorInput } from '../openapi/map-open-api'
import type { ReportLine } from '../openapi/report'
import type { ReadHead } from './read-result'

/** What is read of a document besides its items. */
export function headOf(connector: ConnectorInput, format: string, lines: ReportLine[]): ReadHead {
  const { methods: _methods, endpoints: _endpoints, schemas: _schemas, ...definition } = connector
  return { format, name: definition.name, versionLabel: definition.versionLabel ?? '', definition, lines }
}
