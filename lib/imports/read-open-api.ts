import { refuse, succeed, type Result } from '@/lib/domain/result'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { connectorDocumentSchema, type EndpointInput } from './document-schema'
import { mapOpenApi, withSchemas, type OpenApiMapping } from './openapi/map-open-api'
import type { ReportLine } from './openapi/report'
import { readYaml } from './parse-document'
import { planConnector, type ConnectorPlan } from './plan-connector'
import { isOpenApi, openApiFormat } from './recognise-open-api'

/** A document as it would be imported. */
export type ReadSource = {
  plan: ConnectorPlan
  /** The format with its version, such as `OpenAPI 3.0.3`. */
  format: string
  /** What could not be represented, or in another form. Empty for a connection document. */
  report: ReportLine[]
}

const tooLargeAtOnce = 'What this document describes is too large to import at once. Import a part of it.'

/** Twenty times what a document that is read at once may have. */
const mostCharacters = 20_000_000

/**
 * Reads an OpenAPI document and plans the connector, in a thread if it is long.
 * @returns null if it is another kind of document
 */
export const readOpenApi = bodyQuestion(
  'read_open_api',
  ({ body }: { body: Uint8Array }): Result<ReadSource | null> => {
    const source = new TextDecoder().decode(body)
    const plain = parseJsonOrYaml(source)
    if (!plain.ok) return plain
    const root = plain.value
    if (!isOpenApi(root)) return succeed(null)
    const mapping = mapWithin(root, mostCharacters)
    if (mapping === null) return refuse('invalid_input', tooLargeAtOnce, 'document')
    const document = connectorDocumentSchema.safeParse(withSchemas(mapping))
    const plan = document.success ? planConnector(document.data) : null
    if (!plan?.ok)
      return refuse('invalid_input', 'This OpenAPI document cannot be imported. Check that it is complete.', 'document')
    return succeed({ plan: plan.value, format: openApiFormat(root), report: mapping.report() })
  },
)

/** Null if the endpoints together have more characters as JSON: many of them may refer to the same large part. */
function mapWithin(root: Record<string, unknown>, most: number): OpenApiMapping | null {
  const endpoints: EndpointInput[] = []
  const tooLarge = new Error('the endpoints are too large')
  let characters = 0
  try {
    const mapping = mapOpenApi(root, {
      onEndpoint: (endpoint) => {
        characters += JSON.stringify(endpoint).length
        if (characters > most) throw tooLarge
        endpoints.push(endpoint)
      },
    })
    return { ...mapping, connector: { ...mapping.connector, endpoints } }
  } catch (error) {
    if (error === tooLarge) return null
    throw error
  }
}

/** Most documents are JSON, which is read a hundred times faster than YAML. */
export function parseJsonOrYaml(source: string): Result<unknown> {
  if (!source.trimStart().startsWith('{')) return readYaml(source)
  try {
    return succeed(JSON.parse(source))
  } catch {
    return readYaml(source)
  }
}
