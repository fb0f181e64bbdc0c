import 'server-only'
import { z } from 'zod'
import { setMethodValue } from '@/lib/authentication-methods/set-method-value'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { saveShape } from '@/lib/flows/save-shape'
import { createInstance } from '@/lib/instances/create-instance'
import { insertInstance } from '@/lib/instances/insert-instance'
import type { CertificateInput } from '@/lib/instances/schema'
import { noInput } from '@/lib/operations/input'
import { operation, type Context } from '@/lib/operations/operation'
import { askLauncher } from '@/lib/platform/ask-launcher'
import { env } from '@/lib/platform/env'
import { sandboxConnectorDefinition } from './definition'
import { installSandboxConnector } from './install-sandbox-connector'
import { methodNames } from './methods'
import { sandboxAddresses } from './sandbox-addresses'

/** The credentials that the sandbox accepts (tests/sandbox/control/routes.ts). */
const credentialsSchema = z.object({
  basic: z.object({ username: z.string(), password: z.string() }),
  apiToken: z.string(),
  client: z.object({ id: z.string(), secret: z.string() }),
  certificate: z.object({ pem: z.string(), keyPem: z.string(), caPem: z.string() }),
})
type Credentials = z.infer<typeof credentialsSchema>

const flowName = 'Try the sandbox'
const firstEndpoint = 'List orders'
const instanceNames: Record<string, string> = {
  [methodNames.basic]: 'Sandbox basic auth',
  [methodNames.token]: 'Sandbox API token',
  [methodNames.oauth]: 'Sandbox OAuth 2',
  [methodNames.certificate]: 'Sandbox client certificate',
}
const details = {
  ...{ timeZone: 'UTC', dateFormat: '', rateLimitAmount: null, rateLimitUnit: null, maxConcurrent: null },
  ...{ externalId: '', labels: [] },
}

/**
 * *Try it with the sandbox*: starts the sandbox and adds its connector, one instance per method, and a flow whose
 * connection shape is ready to run. Only the OAuth 2 instance still needs a person's consent. Anything that already
 * exists is not changed.
 */
export const trySandbox = operation({
  name: 'try_sandbox',
  permission: 'change',
  input: noInput,
  output: z.strictObject({ flowId: z.uuid(), shapeId: z.uuid() }),
  run: async (context) => {
    if (!env().PATCHBAY_SANDBOX)
      return refuse(
        'sandbox_unavailable',
        'The sandbox cannot run on this installation. Describe your own API instead.',
      )
    const started = await askLauncher('start sandbox')
    if (!started.ok) return started
    const credentials = credentialsSchema.parse(started.value)
    const connector = await connectorOfSandbox(context)
    if (!connector.ok) return connector
    const added = await addInstances(context, connector.value, credentials)
    if (!added.ok) return added
    return flowOfSandbox(context, connector.value)
  },
})

async function connectorOfSandbox({ actor, db }: Context): Promise<Result<string>> {
  const { name } = sandboxConnectorDefinition(sandboxAddresses())
  const where = { foldedName: foldName(name), foldedVersion: '' }
  const installed = await db.connector.findFirst({ where, select: { id: true } })
  if (installed) return succeed(installed.id)
  const added = await installSandboxConnector(actor, {})
  return added.ok ? succeed(added.value.id) : added
}

/** Adds an instance to each of the sandbox's methods without one. Renamed or deleted methods are skipped. */
async function addInstances(context: Context, connectorId: string, credentials: Credentials): Promise<Result<null>> {
  const methods = await context.db.authenticationMethod.findMany({
    where: { connectorId, name: { in: Object.values(methodNames) }, instances: { none: {} } },
    select: { id: true, name: true, revision: true, variables: { select: { id: true, key: true } } },
    orderBy: { position: 'asc' },
  })
  for (const method of methods) {
    const add = method.name === methodNames.oauth ? addAwaiting : addInstance
    const added = await add(context, connectorId, method, settingsFor(method.name, credentials))
    if (!added.ok) return added
  }
  return succeed(null)
}

/** Values by the variable's key. */
type Settings = { values: Record<string, string>; certificate?: CertificateInput }

function settingsFor(method: string, { basic, apiToken, client, certificate }: Credentials): Settings {
  switch (method) {
    case methodNames.basic:
      return { values: basic }
    case methodNames.token:
      return { values: { token: apiToken } }
    case methodNames.oauth:
      return { values: { client_id: client.id, client_secret: client.secret } }
    default:
      return { values: {}, certificate: { kind: 'replace', pkcs12Base64: '', passphrase: '', ...certificate } }
  }
}

type Method = { id: string; name: string; revision: number; variables: { id: string; key: string }[] }

async function addInstance(
  { actor }: Context,
  connectorId: string,
  { id, name, variables }: Method,
  { values, certificate = { kind: 'keep' } }: Settings,
): Promise<Result<unknown>> {
  const created = await createInstance(actor, {
    connectorId,
    methodId: id,
    details: { ...details, name: instanceNames[name]! },
    values: Object.fromEntries(
      variables.filter(({ key }) => key in values).map((variable) => [variable.id, values[variable.key]!]),
    ),
    certificate,
    withoutVerifying: false,
  })
  if (!created.ok || created.value.kind !== 'unverified') return created
  return refuse(
    'sandbox_unavailable',
    `The sandbox did not accept its own credentials for “${name}”. Restart Patchbay.`,
  )
}

/** Stores the client's credentials on the method, so that the instance only needs consent. */
async function addAwaiting(
  context: Context,
  connectorId: string,
  { id, name, revision, variables }: Method,
  { values }: Settings,
): Promise<Result<unknown>> {
  let current = revision
  for (const [key, value] of Object.entries(values)) {
    const variableId = variables.find((variable) => variable.key === key)?.id
    if (variableId === undefined) continue
    const set = await setMethodValue(context.actor, { methodId: id, revision: current, variableId, value })
    if (!set.ok) return set
    current += 1
  }
  const { name: connectorName } = sandboxConnectorDefinition(sandboxAddresses())
  return insertInstance(context, {
    connector: { id: connectorId, name: connectorName },
    method: { id, name },
    details: { ...details, name: instanceNames[name]! },
    stored: null,
  })
}

async function flowOfSandbox(
  { actor, db }: Context,
  connectorId: string,
): Promise<Result<{ flowId: string; shapeId: string }>> {
  const shape = await db.shape.findFirst({
    where: { flowVersion: { state: 'draft', flow: { foldedName: foldName(flowName) } } },
    select: { id: true, flowVersion: { select: { flowId: true } } },
    orderBy: { id: 'asc' },
  })
  if (shape) return succeed({ flowId: shape.flowVersion.flowId, shapeId: shape.id })
  const created = await createFlow(actor, {
    name: flowName,
    description: 'One request to the sandbox. Press “Run this shape”, and change what you like.',
  })
  if (!created.ok) return created
  const flowId = created.value.id
  const flow = await getFlow(actor, { flowId })
  if (!flow.ok) return flow
  const added = await addShape(actor, { flowId, revision: flow.value.revision, name: firstEndpoint, x: 0, y: 0 })
  if (!added.ok) return added
  const [instance, endpoint] = await Promise.all([
    db.instance.findFirst({ where: { connectorId, method: { name: methodNames.basic } }, select: { id: true } }),
    db.endpoint.findFirst({ where: { connectorId, name: firstEndpoint }, select: { id: true } }),
  ])
  const saved = await saveShape(actor, {
    flowId,
    revision: added.value.revision,
    shapeId: added.value.id,
    name: firstEndpoint,
    instanceId: instance?.id ?? null,
    endpointId: instance ? (endpoint?.id ?? null) : null,
    timeoutSeconds: null,
    values: [],
    filters: [],
  })
  return saved.ok ? succeed({ flowId, shapeId: added.value.id }) : saved
}
