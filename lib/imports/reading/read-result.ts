import type { ConnectorInput } from '../openapi/map-open-api'
import type { ReportLine } from '../openapi/report'
import type { InstanceValues } from '../postman/map-postman'

/** What reading a source produces, as plain data that passes between processes. */

/** A method, an endpoint or a schema, as it is stored for the preview. */
export type ReadItem = {
  id: string
  kind: 'method' | 'endpoint' | 'schema'
  /** What identifies it in the document. */
  key: string
  name: string
  /** The name ignoring case, unique among the items of its kind; of a schema as it is. */
  foldedName: string
  pointer: string
  /** The entity type of an endpoint, the authentication type of a method. */
  tag: string
  httpMethod: string
  url: string
  accepts: string[]
  /** How many endpoints accept a method. */
  endpoints: number
  /**
   * As in the connector document, which names methods here by their names; of a schema the schema itself. As JSON, which
   * the database takes over character by character: as a part of the item it would read its escapes, and cannot read all.
   */
  definition: string
  /** Of an endpoint: `EndpointRows` as JSON. */
  rows: string | null
}

/** Everything but the items. */
export type ReadHead = {
  format: string
  name: string
  versionLabel: string
  /** The connector document without methods, endpoints and schemas. */
  definition: Omit<ConnectorInput, 'methods' | 'endpoints' | 'schemas'>
  lines: ReportLine[]
  /** Values that instances would have, with secrets: of a Postman collection. */
  instances?: InstanceValues[]
}

export type ReadOutcome = { head: ReadHead } | { failure: string }

/** Items as a JSON list, so that the process that stores them does not look at them. */
export type ItemBatch = { json: string; count: number }

/** Another file of the document. */
export type LoadedFile = { bytes: Uint8Array } | { problem: string }

/** What the reading asks of the process that it works for. Synchronous: the mapping is one long computation. */
export type ReadingHost = {
  /** The next piece of the source; null after the last one. */
  next: () => Uint8Array | null
  /** Stores items; waits while too many are on their way. @param total of all items, as far as it is known */
  store: (items: ItemBatch, total: number) => void
  /** Loads another file through the outbound policy. */
  load: (url: string) => LoadedFile
}
