import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { sealedTokenAddress } from '@/lib/tokens/sealed-token-address'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import { named, seedConnector, seedFlow, withClient, type SeededShape } from './seed'
import type { Workspace } from './workspace'
import { testEncryptionKeys } from './test-secrets'

/** The sandbox's connector with instances and flows, as the people of a spec find it. */

export type AcmeMethodName = 'basic auth' | 'API token' | 'OAuth 2'
type Tokens = { accessToken: string; refreshToken: string; expiresAt: Date }

export type SeededInstance = { id: string; name: string; path: string }

export type SeededAcme = {
  connectorId: string
  path: string
  endpointId: (name: string) => Promise<string>
  methodId: (name: AcmeMethodName) => Promise<string>
  /** Adds an instance with credentials that Acme accepts. An OAuth 2 instance is authorised at Acme's real pages. */
  addInstance: (name: string, method: AcmeMethodName) => Promise<SeededInstance>
  /** A flow with one connection shape; `path` opens it with the shape selected. */
  addFlow: (name: string, use: { instance: SeededInstance; endpoint: string }) => Promise<SeededShape>
}

const accepted: Record<AcmeMethodName, Record<string, string>> = {
  'basic auth': { username: known.basic.username, password: known.basic.password },
  'API token': { token: known.apiToken },
  'OAuth 2': {
    client_id: known.clients.basic.id,
    client_secret: known.clients.basic.secret,
    scope: 'orders.read products.read',
  },
}

/** In a `beforeAll` after `aWorkspace()` or `anInstallation()`. */
export async function seedAcme(workspace: Workspace): Promise<SeededAcme> {
  const { url, tlsUrl } = workspace.sandbox
  const connectorId = await seedConnector(workspace, sandboxConnectorDefinition({ url, certificateUrl: tlsUrl }))
  const idOf = async (table: 'Endpoint' | 'AuthenticationMethod', name: string) => {
    const [row] = await workspace.sql<{ id: string }>(
      `SELECT "id" FROM "${table}" WHERE "connectorId" = $1 AND "name" = $2`,
      [connectorId, name],
    )
    return row!.id
  }
  const connector = { workspaceId: workspace.workspaceId, connectorId }
  return {
    connectorId,
    path: `/connectors/${connectorId}`,
    endpointId: (name) => idOf('Endpoint', name),
    methodId: (name) => idOf('AuthenticationMethod', name),
    addInstance: async (name, method) => {
      const tokens = method === 'OAuth 2' ? await authorise(workspace) : null
      const methodId = await idOf('AuthenticationMethod', method)
      const id = await withClient(workspace, (tx) =>
        insertInstance(tx, connector, { name, methodId, values: accepted[method], tokens }),
      )
      return { id, name, path: `/instances/${id}` }
    },
    addFlow: async (name, { instance, endpoint }) => {
      const endpointId = await idOf('Endpoint', endpoint)
      return seedFlow(workspace, { name, connectorId, instanceId: instance.id, endpointId })
    },
  }
}

type ConnectorRef = { workspaceId: string; connectorId: string }

const ring = parseKeyring(testEncryptionKeys)

type NewInstance = { name: string; methodId: string; values: Record<string, string>; tokens: Tokens | null }

async function insertInstance(
  tx: WorkspaceTransaction,
  connector: ConnectorRef,
  { name, methodId, values, tokens }: NewInstance,
): Promise<string> {
  const { id } = await tx.instance.create({
    data: { ...connector, ...named(name), methodId, status: 'connected', lastVerifiedAt: new Date() },
  })
  const variables = await tx.variable.findMany({ where: { methodId, key: { in: Object.keys(values) } } })
  for (const variable of variables) {
    const value = values[variable.key]!
    const rowId = newId()
    const address = { workspaceId: connector.workspaceId, table: 'InstanceValue', rowId, field: 'sealedValue' }
    const content = variable.secret ? { sealedValue: seal(value, address, ring) } : { value }
    await tx.instanceValue.create({
      data: { ...connector, id: rowId, instanceId: id, variableId: variable.id, ...content },
    })
  }
  if (tokens) await insertToken(tx, connector, id, tokens)
  return id
}

async function insertToken(
  tx: WorkspaceTransaction,
  { workspaceId }: ConnectorRef,
  instanceId: string,
  { accessToken, refreshToken, expiresAt }: Tokens,
): Promise<void> {
  const id = newId()
  await tx.instanceToken.create({
    data: {
      ...{ id, workspaceId, instanceId, expiresAt },
      sealedAccessToken: seal(accessToken, sealedTokenAddress(workspaceId, id, 'sealedAccessToken'), ring),
      sealedRefreshToken: seal(refreshToken, sealedTokenAddress(workspaceId, id, 'sealedRefreshToken'), ring),
    },
  })
}

/** Obtains tokens like an authorisation in the app: Casey allows, and the code is exchanged (RFC 6749 §4.1). */
async function authorise({ url, sandbox }: Workspace): Promise<Tokens> {
  const { id, secret } = known.clients.basic
  const redirectUri = `${url}${known.redirectPath}`
  const request = {
    response_type: 'code',
    client_id: id,
    redirect_uri: redirectUri,
    scope: accepted['OAuth 2'].scope!,
    state: newId(),
  }
  const callback = new URL(await browseAuthorisation(`${sandbox.url}/oauth/auth?${new URLSearchParams(request)}`))
  const answer = await fetch(`${sandbox.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    }),
  })
  const tokens = (await answer.json()) as { access_token: string; refresh_token: string; expires_in: number }
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
  }
}
