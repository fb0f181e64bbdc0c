import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import { connectorOfCurl, mapCurl, type CurlMapping, type CurlOptions } from '@/lib/imports/curl/map-curl'
import { planConnector } from '@/lib/imports/plan-connector'

/** Maps a command and checks that the connector could be stored. */
export function readCurl(command: string, options?: CurlOptions): CurlMapping {
  const mapped = mapCurl(command, options)
  if (!mapped.ok) throw new Error(mapped.error.message)
  const document = connectorDocumentSchema.parse(connectorOfCurl(mapped.value))
  const plan = planConnector(document)
  if (!plan.ok) throw new Error(`${plan.error.field}: ${plan.error.message}`)
  return mapped.value
}

export function refusalOfCurl(command: string): string {
  const mapped = mapCurl(command)
  return mapped.ok ? 'none' : mapped.error.message
}

/** `in key=value`, one line for each parameter. */
export function parametersOf({ endpoint }: CurlMapping): string[] {
  return (endpoint.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.key}=${parameter.value ?? ''}`)
}

/** What the report is about. */
export function notedOf({ report }: CurlMapping): string[] {
  return report().map(({ pointer }) => pointer)
}
