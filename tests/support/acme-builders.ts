import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { seal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { foldName } from '@/lib/domain/names'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { known } from '../sandbox/known'
import { next } from './builders'

/** A connector for the sandbox third party, written directly to the database, with its methods and credentials. */

export type Acme = { workspaceId: string; connectorId: string; url: string }
export type AcmeMethod = { id: string; name: string; variables: Record<string, string> }

const named = (name: string) => ({ name, foldedName: foldName(name), key: `acme-${next()}` })

export async function acmeConnector(
  workspaceId: string,
  url: string,
  given: { baseUrl?: string; confirmed?: string[]; allowedHosts?: string[] } = {},
): Promise<Acme> {
  const { baseUrl = url, confirmed = [new URL(url).origin], allowedHosts = [] } = given
  const { id } = await systemDb().connector.create({
    data: { workspaceId, ...named(`Acme ${next()}`), baseUrl, allowedHosts },
  })
  for (const origin of confirmed)
    await systemDb().connectorOrigin.create({ data: { workspaceId, connectorId: id, origin, confirmedAt: new Date() } })
  return { workspaceId, connectorId: id, url }
}

type GivenMethod = {
  options?: Prisma.InputJsonObject
  /** Null if the method has no test request. */
  testUrl?: string | null
  authoriseUrl?: string
  tokenUrl?: string
  timeoutSeconds?: number
}

export async function acmeMethod(acme: Acme, type: AuthenticationType, given: GivenMethod = {}): Promise<AcmeMethod> {
  const { workspaceId, connectorId, url } = acme
  const definition = authenticationTypeDefinitions[type]
  const { options = {}, testUrl = `${url}/whoami`, timeoutSeconds = 5 } = given
  const data = {
    workspaceId,
    connectorId,
    ...named(`${definition.label} ${next()}`),
    type,
    timeoutSeconds,
    options: { ...definition.defaultOptions, ...options },
  }
  const method = await systemDb().authenticationMethod.create({ data })
  const owner = { workspaceId, connectorId, methodId: method.id }
  const oauthUrls = {
    authorise: given.authoriseUrl ?? `${url}/oauth/auth`,
    exchange: given.tokenUrl ?? `${url}/oauth/token`,
  }
  const urls: Partial<Record<PhaseKind, string | null>> = {
    ...(type === 'oauth2_authorization_code' && oauthUrls),
    verify: testUrl,
  }
  for (const [kind, phaseUrl] of Object.entries(urls) as [PhaseKind, string | null][]) {
    await systemDb().authenticationPhase.create({
      data: { ...owner, kind, url: phaseUrl, httpMethod: kind === 'exchange' ? 'POST' : 'GET' },
    })
  }
  const variables: Record<string, string> = {}
  for (const [position, variable] of definition.defaultVariables.entries()) {
    const row = await systemDb().variable.create({ data: { ...owner, ...variable, level: 'method', position } })
    variables[variable.key] = row.id
  }
  return { id: method.id, name: method.name, variables }
}

export async function acmeInstance(
  acme: Acme,
  method: AcmeMethod,
  values: Record<string, string>,
  given: { name?: string; status?: 'connected' | 'awaiting_authorisation' } = {},
) {
  const { workspaceId, connectorId } = acme
  const { name = `Acme instance ${next()}`, status = 'connected' } = given
  const instance = await systemDb().instance.create({
    data: { workspaceId, connectorId, methodId: method.id, ...named(name), status },
  })
  for (const [key, value] of Object.entries(values)) {
    const id = newId()
    const variable = await systemDb().variable.findFirstOrThrow({ where: { workspaceId, id: method.variables[key]! } })
    const content = variable.secret
      ? { sealedValue: seal(value, { workspaceId, table: 'InstanceValue', rowId: id, field: 'sealedValue' }) }
      : { value }
    await systemDb().instanceValue.create({
      data: { id, workspaceId, connectorId, instanceId: instance.id, variableId: variable.id, ...content },
    })
  }
  return instance
}

export async function acmeEndpoint(
  { workspaceId, connectorId }: Acme,
  method: AcmeMethod | null,
  url: string,
  given: { httpMethod?: string; dataPath?: string } = {},
) {
  const endpoint = await systemDb().endpoint.create({
    data: { workspaceId, connectorId, ...named(`GET ${url} ${next()}`), url, entityType: 'Orders', ...given },
  })
  if (method)
    await systemDb().enablement.create({
      data: { workspaceId, connectorId, endpointId: endpoint.id, methodId: method.id },
    })
  return endpoint
}

export const acmeBasicValues = { username: known.basic.username, password: known.basic.password }
export const acmeOAuthValues = {
  client_id: known.clients.basic.id,
  client_secret: known.clients.basic.secret,
  scope: 'orders.read products.read',
}

/** The settings of an instance as a form would send them, with typed values by variable key. */
export function typedSettings(
  method: AcmeMethod,
  name: string,
  values: Record<string, string | null>,
  given: Partial<InstanceSettings> = {},
): InstanceSettings {
  return {
    ...{ name, timeZone: 'UTC', dateFormat: '', rateLimitAmount: null, rateLimitUnit: null, maxConcurrent: null },
    ...{ externalId: '', labels: [] },
    values: Object.entries(values).map(([key, value]) => ({ variableId: method.variables[key]!, value })),
    certificate: { kind: 'keep' },
    ...given,
  }
}
