import { seal } from '@/lib/platform/crypto/seal'
import { presetFormat } from '@/lib/imports/preset-format'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { recordAudit } from '@/lib/platform/audit/record'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
} from '@/tests/support/acme-builders'
import { anApiKey } from '@/tests/support/api-key-builders'
import { anActor, next } from '@/tests/support/builders'
import type { TestDatabase } from '@/tests/support/database'
import { aRequestLogEntry } from '@/tests/support/request-log-builders'
import { aToken } from '@/tests/support/token-builders'
import { beginAs } from '@/tests/support/authorise'
import { sealLinkSettings } from '@/lib/authorisations/links/link-settings'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { newToken } from '@/lib/platform/crypto/one-way-token'

/** Part of every name and text of the workspace, so that its appearance anywhere shows data of the workspace. */
export const marker = 'Zanzibar'

export type WholeWorkspace = Awaited<ReturnType<typeof aWholeWorkspace>>

const redirectUri = 'http://localhost:3000/oauth/authenticate'
export const browserSecret = 'the-secret-of-the-browser-that-began'

/** A workspace with one of everything; the third party is at `url`. */
export async function aWholeWorkspace(url: string) {
  const administrator = await anActor('administrator', undefined, `Person of ${marker}`)
  const { workspaceId } = administrator
  const member = await anActor('user', workspaceId, `Member of ${marker}`)
  const invitation = await systemDb().invitation.create({
    data: {
      workspaceId,
      email: `${marker.toLowerCase()}-${next()}@example.com`,
      role: 'user',
      tokenHash: `hash-${next()}`,
      createdByName: administrator.label,
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  })
  await systemDb().identity.create({
    data: { issuer: 'https://login.acme.test', subject: `subject-${next()}`, userId: member.userId },
  })
  await systemDb().passwordReset.create({
    data: {
      userId: member.userId,
      tokenHash: `hash-${next()}`,
      fromWorkspaceId: workspaceId,
      createdByName: administrator.label,
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  })
  await systemDb().workspaceSetting.create({ data: { workspaceId, key: 'returnAddresses', value: [], revision: 2 } })
  await systemDb().idempotencyKey.create({
    data: { workspaceId, actor: 'api_key:gone', key: `key-${next()}`, requestHash: 'hash', operation: 'create_flow' },
  })
  const acme = await acmeConnector(workspaceId, url)
  const { connectorId } = acme
  const owner = { workspaceId, connectorId }
  await rename('connector', connectorId)
  await systemDb().connector.update({
    where: { id: connectorId },
    data: { icon: Buffer.from('icon'), iconType: 'image/png' },
  })
  await systemDb().connectorOrigin.create({ data: { ...owner, origin: 'https://new.acme.test' } })
  await systemDb().connectorSchema.create({ data: { ...owner, name: `Order of ${marker}`, schema: { title: marker } } })
  await systemDb().import.create({
    data: {
      ...{ ...owner, format: presetFormat, state: 'imported', open: false, source: 'text', importedAt: new Date() },
      // Installed from a ready-made connector that has changed since.
      ...{ presetKey: 'github', presetHash: 'an earlier one' },
      lines: { create: [{ position: 0, kind: 'note', pointer: '/info', message: `About ${marker}` }] },
    },
  })
  const { importId, itemId, uploadId, comparedId } = await imports(workspaceId)
  const method = await acmeMethod(acme, 'basic', { testUrl: `${url}/whoami` })
  const oauth = await acmeMethod(acme, 'oauth2_authorization_code', {
    authoriseUrl: `${url}/authorize`,
    tokenUrl: `${url}/token`,
  })
  const spare = await acmeMethod(acme, 'none')
  const unusedMethod = await acmeMethod(acme, 'none')
  for (const { id } of [method, oauth, spare, unusedMethod]) await rename('authenticationMethod', id)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const spareEndpoint = await acmeEndpoint(acme, null, '/spare')
  for (const { id } of [endpoint, spareEndpoint]) await rename('endpoint', id)
  const variable = await systemDb().variable.create({
    data: { ...owner, level: 'connector', key: 'account', displayName: `Account of ${marker}` },
  })
  const filter = await systemDb().parameter.create({
    data: { ...owner, endpointId: endpoint.id, place: 'url', key: 'status', value: '', required: false },
  })
  const instance = await acmeInstance(acme, method, { username: marker, password: 'planted-password' })
  const unauthorised = await acmeInstance(acme, oauth, acmeOAuthValues, { status: 'awaiting_authorisation' })
  const spareInstance = await acmeInstance(acme, spare, {})
  for (const { id } of [instance, unauthorised, spareInstance]) await rename('instance', id)
  const { flowId, shapeId, spareFlowId } = await flows({ ...owner, instanceId: instance.id, endpointId: endpoint.id })
  await systemDb().variableUse.create({ data: { ...owner, methodId: spare.id, variableId: variable.id } })
  await others({
    ...owner,
    methodId: oauth.id,
    methodVariableId: oauth.variables.client_secret!,
    instanceId: spareInstance.id,
    endpointId: endpoint.id,
    shapeId,
  })
  const { keyId } = await anApiKey(administrator, {
    name: `Key of ${marker}`,
    limits: { connectorIds: [connectorId], instanceIds: [instance.id] },
  })
  const request = await aLoggedRequest(workspaceId, instance.id)
  await workspaceDb(workspaceId).$transaction((tx) =>
    recordAudit(tx, administrator, { action: 'x', objectType: 'connector', objectName: marker }),
  )
  const settings = typedSettings(oauth, `Instance ${marker} ${next()}`, acmeOAuthValues)
  const link = await aLink(administrator, { connectorId, instanceId: unauthorised.id, settings })
  const begin = (as: PersonActor) =>
    beginAs(as, { instanceId: unauthorised.id, baseRevision: 1, settings, redirectUri, browserSecret })
  return {
    ...{
      administrator,
      workspaceId,
      acme,
      connectorId,
      url,
      variableId: variable.id,
      filterId: filter.id,
      settings,
      begin,
      request,
      flowId,
      shapeId,
      spareFlowId,
    },
    ...{ method, oauth, spare, unusedMethod, endpointId: endpoint.id, spareEndpointId: spareEndpoint.id },
    ...{ memberId: member.userId, invitationId: invitation.id },
    ...{ importId, itemId, uploadId, comparedId },
    keyId,
    link,
    ...{ instanceId: instance.id, unauthorisedId: unauthorised.id, spareInstanceId: spareInstance.id },
  }
}

/** A document to choose from, and one that is being uploaded. */
async function imports(workspaceId: string) {
  const importId = newId()
  await systemDb().import.create({
    data: {
      id: importId,
      sealedValues: seal('[]', { workspaceId, table: 'Import', rowId: importId, field: 'sealedValues' }),
      ...{ workspaceId, state: 'ready', source: 'url', sourceName: `https://api.acme.test/${marker}` },
      ...{ format: 'OpenAPI 3.1.0', name: `Import ${marker} ${next()}` },
      definition: { patchbay: 1, kind: 'connector', name: marker },
      requestedBy: {},
    },
  })
  const owner = { workspaceId, importId }
  await systemDb().importLine.create({
    data: { ...owner, position: 0, kind: 'note', pointer: '/info', message: `About ${marker}` },
  })
  const item = (kind: 'method' | 'endpoint', name: string, definition: object) =>
    systemDb().importItem.create({
      data: { ...owner, kind, position: 0, key: name, name, foldedName: foldName(name), tag: marker, definition },
    })
  await item('method', `Method of ${marker}`, { name: `Method of ${marker}`, type: 'basic' })
  const { id: itemId } = await item('endpoint', `Endpoint of ${marker}`, { name: marker, method: 'GET', url: '/x' })
  const { id: uploadId } = await systemDb().import.create({
    data: { workspaceId, state: 'uploading', source: 'file', sourceName: `${marker}.json`, bytes: 2 },
  })
  await systemDb().importChunk.create({
    data: { workspaceId, importId: uploadId, position: 0, bytes: Buffer.from('{}') },
  })
  const { id: comparedId } = await systemDb().import.create({
    data: {
      ...{ workspaceId, state: 'compared', applies: true, source: 'file', sourceName: `${marker}.json` },
      comparison: { connectorId: null, key: 'a', name: marker, documentHash: null, totals: {}, changes: [], stamp: '' },
    },
  })
  return { importId, itemId, uploadId, comparedId }
}

type Named = 'connector' | 'authenticationMethod' | 'endpoint' | 'instance'

async function rename(model: Named, id: string): Promise<void> {
  const name = `${marker} ${next()}`
  await (systemDb()[model] as unknown as { update: (args: object) => Promise<unknown> }).update({
    where: { id },
    data: { name, foldedName: foldName(name) },
  })
}

type Use = { workspaceId: string; connectorId: string; instanceId: string; endpointId: string }

async function flows({ workspaceId, connectorId, instanceId, endpointId }: Use) {
  const flow = async () => {
    const name = `${marker} ${next()}`
    const { id: flowId } = await systemDb().flow.create({
      data: { workspaceId, name, foldedName: foldName(name), key: foldName(name) },
    })
    const version = await systemDb().flowVersion.create({ data: { workspaceId, flowId } })
    return { flowId, versionId: version.id }
  }
  const [used, spare] = [await flow(), await flow()]
  const shape = await systemDb().shape.create({
    data: { workspaceId, connectorId, flowVersionId: used.versionId, name: marker, instanceId, endpointId },
  })
  return { flowId: used.flowId, shapeId: shape.id, spareFlowId: spare.flowId }
}

type Places = {
  workspaceId: string
  connectorId: string
  methodId: string
  methodVariableId: string
  instanceId: string
  endpointId: string
  shapeId: string
}

/** Rows of every other kind, with a secret in each column for secrets. */
async function others({
  methodId,
  methodVariableId,
  instanceId,
  endpointId,
  shapeId,
  ...owner
}: Places): Promise<void> {
  const { workspaceId } = owner
  const sealed = (table: string, field = 'sealedValue') => {
    const id = newId()
    return { id, [field]: seal(`planted-${table}`, { workspaceId, table, rowId: id, field }) } as {
      id: string
      sealedValue: string
      sealedKey: string
    }
  }
  const variable = {
    ...owner,
    level: 'endpoint' as const,
    endpointId,
    key: 'signature',
    displayName: 'Signature',
    secret: true,
  }
  const { id: variableId } = await systemDb().variable.create({ data: variable })
  await systemDb().methodValue.create({
    data: { ...owner, methodId, variableId: methodVariableId, ...sealed('MethodValue') },
  })
  await systemDb().shapeValue.create({ data: { ...owner, shapeId, variableId, ...sealed('ShapeValue') } })
  await systemDb().keptValue.create({ data: { workspaceId, instanceId, key: 'shop', ...sealed('KeptValue') } })
  await systemDb().certificate.create({
    data: { workspaceId, instanceId, certificatePem: 'pem', ...sealed('Certificate', 'sealedKey') },
  })
  await systemDb().instanceLimit.create({ data: { workspaceId, instanceId } })
  await systemDb().instanceStatusChange.create({
    data: { workspaceId, instanceId, before: 'connected', after: 'failing', reason: marker },
  })
  await systemDb().requestTurn.create({ data: { workspaceId, instanceId, admitted: false, until: new Date() } })
  await aToken(
    { workspaceId, instanceId },
    { accessToken: 'planted-access-token', refreshToken: 'planted-refresh-token' },
  )
}

/** An authorisation link that the person asked for, with settings that wait sealed. */
async function aLink(
  { workspaceId, userId, label }: PersonActor,
  { settings, ...of }: { connectorId: string; instanceId: string; settings: InstanceSettings },
) {
  const { token, tokenHash } = newToken()
  const id = newId()
  const values = settings.values.map((typed) => ({ ...typed, value: `planted-${typed.value ?? ''}` }))
  await systemDb().authorisationLink.create({
    data: {
      ...{ id, workspaceId, ...of, tokenHash, instanceRevision: 1 },
      ...{ actorKind: 'person', actorId: userId, actorLabel: label },
      sealedSettings: sealLinkSettings(workspaceId, id, { ...settings, values }),
      expiresAt: new Date(Date.now() + 1_800_000),
    },
  })
  return { id, token }
}

async function aLoggedRequest(workspaceId: string, instanceId: string) {
  const subject = `${marker} · List orders`
  const body = Buffer.from(marker)
  const request = { method: 'POST', url: 'https://api.acme.example/orders', headers: [], body: marker } as const
  recordRequest(
    aRequestLogEntry(workspaceId, {
      subject,
      instanceId,
      request: { ...request, headers: [] },
      response: { status: 200, headers: [], body },
    }),
  )
  await flushRequestLog()
  const row = await systemDb().requestLog.findFirstOrThrow({ where: { workspaceId } })
  return { id: row.id, at: row.at.toISOString() }
}

let everyTable: Promise<string> | undefined

/** One statement over every table of a workspace. */
async function statementOverEveryTable(sql: TestDatabase['sql']): Promise<string> {
  const tables = await sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspaceId'
     AND table_name NOT LIKE 'RequestLog\\_%' AND table_name NOT LIKE 'RequestLogBody\\_%' ORDER BY 1`,
  )
  const rows = tables.map(
    ({ name }) => `SELECT '${name}' AS "name", t::text AS "row" FROM "${name}" t WHERE "workspaceId" = $1`,
  )
  return `${rows.join(' UNION ALL ')} ORDER BY 1, 2`
}

/** Everything in the database about a workspace, as one text. If two texts are equal, nothing changed. */
export async function contentOf({ sql }: TestDatabase, workspaceId: string): Promise<string> {
  const rows = await sql<{ name: string; row: string }>(await (everyTable ??= statementOverEveryTable(sql)), [
    workspaceId,
  ])
  return rows.map(({ name, row }) => `${name} ${row}`).join('\n')
}
