import { connectorDocumentSchema, type ConnectorDocument } from '@/lib/imports/document-schema'
import { mapOpenApi, withSchemas, type MappedSchema, type MappingOptions } from '@/lib/imports/openapi/map-open-api'
import type { ReportLine } from '@/lib/imports/openapi/report'
import { planConnector } from '@/lib/imports/plan-connector'
import { valueOf } from './definition-builders'

/** Maps a document and checks that the result could be saved. */
export function mapped(document: unknown, options: MappingOptions = {}) {
  const mapping = mapOpenApi(document, options)
  const schemas: MappedSchema[] = [...mapping.schemas()]
  const connector: ConnectorDocument = connectorDocumentSchema.parse(withSchemas(mapping))
  valueOf(planConnector(connector))
  return { ...mapping, connector, schemas, report: mapping.report() }
}

/** A document of one operation, `GET /orders` unless another is given. */
export function withOperation(operation: object, rest: object = {}, [path, method] = ['/orders', 'get']) {
  return {
    openapi: '3.1.0',
    info: { title: 'Orders API', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    paths: { [path as string]: { [method as string]: operation } },
    ...rest,
  }
}

/** The lines of a kind, as `pointer: message`. */
export function linesOf(report: readonly ReportLine[], kind: ReportLine['kind']): string[] {
  return report.filter((line) => line.kind === kind).map(({ pointer, message }) => `${pointer}: ${message}`)
}
