import 'server-only'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { storedOptions } from '@/lib/platform/db/read-definition'
import { credentialPlace } from './credential-place'
import { readCurlCommandSchema } from './curl-schema'
import type { CurlOptions } from './curl/map-curl'
import { curlReading, type CurlReading } from './curl-views'
import { documentText } from './document-yaml'
import { planCurl, type PlannedCurl } from './plan-curl'

/**
 * Reads a curl command: the endpoint and the method that it becomes, which credentials it has, and what of it cannot be
 * represented. Stores nothing, and returns no secret.
 */
export const readCurlCommand = operation({
  name: 'read_curl_command',
  permission: 'change',
  input: readCurlCommandSchema,
  output: curlReading,
  run: async ({ db }, { command, connectorId }) => {
    const connector = connectorId === null ? null : await connectorOf(db, connectorId)
    if (connectorId !== null && connector === null) return notFound('connector')
    const planned = planCurl(command, connector ? optionsFor(connector) : {})
    if (!planned.ok) return planned
    const [method] = planned.value.plan.methods
    const place = credentialPlace(method!.type, method!.options)
    const methods = (connector?.methods ?? []).filter(
      (known) => credentialPlace(known.type, storedOptions(known)) === place,
    )
    return succeed({ ...readingOf(planned.value), methods: methods.map(({ id, name }) => ({ id, name })) })
  },
})

function connectorOf(db: WorkspaceDb, id: string) {
  const methods = {
    select: { id: true, name: true, type: true, options: true, variables: { select: { key: true } } },
    orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }],
  }
  return db.connector.findFirst({ where: { id }, select: { baseUrl: true, methods } })
}

function optionsFor({ baseUrl, methods }: NonNullable<Awaited<ReturnType<typeof connectorOf>>>): CurlOptions {
  const takenKeys = methods.flatMap(({ variables }) => variables.map(({ key }) => key))
  return { baseUrl, secretOwner: 'endpoint', takenKeys }
}

function readingOf({ mapping, plan }: PlannedCurl): Omit<CurlReading, 'methods'> {
  const [endpoint] = plan.endpoints
  const [method] = plan.methods
  const { name, entityType, direction, httpMethod, url, bodyFormat, body, parameters, variables } = endpoint!
  const unused = authenticationTypeDefinitions[method!.type].unusedVariables(storedOptions(method!))
  return {
    connector: { name: plan.details.name, baseUrl: plan.details.baseUrl },
    endpoint: {
      ...{ name, entityType, direction, httpMethod, url, bodyFormat, body, parameters },
      variables: variables.map(({ key, required, configurable, secret, defaultValue }) => ({
        ...{ key, required, configurable, secret, defaultValue },
      })),
    },
    method: {
      ...{ name: method!.name, type: method!.type },
      document: documentText({ patchbay: 1, kind: 'authentication_method', ...mapping.method }),
    },
    credentials: [...plan.variables, ...method!.variables]
      .filter(({ key, required }) => (required || mapping.values.has(key)) && !unused.includes(key))
      .map(({ key, displayName, secret, required, defaultValue }) => ({
        ...{ key, displayName, secret, required },
        isGiven: mapping.values.has(key) || defaultValue !== '',
      })),
    report: mapping.report(),
  }
}
