import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { ifItOpens } from '@/lib/platform/crypto/if-it-opens'
import { workspaceDb } from '@/lib/platform/db/client'
import { unusedVariablesOf } from '@/lib/domain/authentication/unused-variables'
import { filledVariablesOf } from '@/lib/domain/authentication/needs-person'
import type { ConnectorDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { ErrorCode } from '@/lib/domain/errors'
import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { StatusCause } from '@/lib/platform/db/generated/client'
import { effectiveLimits, type RequestLimits } from '@/lib/domain/rate-limit'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { SecretBook, type KnownSecrets } from '@/lib/domain/secret-book'
import {
  addSecretsOf,
  effectiveDefinitions,
  scopeOf,
  effectiveValue,
  type VariableValues,
} from '@/lib/domain/variables/resolve-variables'
import type { TlsMaterial } from '@/lib/platform/http/tls-context'
import { checkEnabled, enabledUnchecked, type EnabledCheck } from '@/lib/health/check-enabled'
import { confirmedOrigins } from '@/lib/connectors/origins/confirmed-origins'
import type { CertificateChange, TypedValue } from './instance-settings'
import { addSecretsAmong, type NewStoredValue } from './stored-values'
import { loadMethod, type LoadedMethod } from './load-definitions'
import { openSecrets, withTyped, type OpenedSecrets } from './open-secrets'
import { checkNewOrigins, checkWaitingOrigins, type WaitingCredentials } from './origins-change'

/**
 * Everything that a request of an instance needs, with opened secrets. Never leaves the code that builds a request
 * (DATA: Sealing).
 */
export type Credentials = {
  workspaceId: string
  /** With its effective limits; null for an instance that does not exist yet. */
  instance: { id: string; name: string; revision: number; limits: RequestLimits; health: KnownHealth } | null
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  tls: TlsMaterial
  /** For redaction: every exchange adds them to its own secret book. */
  secrets: KnownSecrets
  /** The origins that may receive these credentials (rule R14). */
  confirmedOrigins: string[]
}

/** The status of the instance when its credentials were read. After a change of status, a call reads them again. */
export type KnownHealth = { status: InstanceStatus; cause: StatusCause | null; lastSuccessAt: Date | null }

/** The settings that these credentials belong to, as `<method revision>.<instance revision>`. */
export function settingsOf({ method, instance }: Pick<Credentials, 'method' | 'instance'>): string {
  return `${method.revision}.${instance?.revision ?? 0}`
}

/**
 * The current credentials. A missing value is an error and nothing is sent: no other credential is used instead (rule
 * R14). Those of a disabled instance or connector are refused.
 */
export async function loadCredentials(
  workspaceId: string,
  instanceId: string,
  check?: EnabledCheck,
): Promise<Result<Credentials>> {
  const instance = await instanceOf(workspaceId, instanceId)
  if (!instance) return notFound('instance')
  const definitions = await loadMethod(workspaceId, instance.methodId)
  if (!definitions) return notFound('instance')
  const enabled = await mayBeSent(workspaceId, definitions, instanceId, check)
  if (!enabled.ok) return enabled
  const secrets = await opened(workspaceId, instance.methodId, instance)
  if (!secrets.ok) return secrets
  const credentials = await assemble(workspaceId, instance, definitions, secrets.value)
  return requireValues(credentials, 'no_credentials')
}

export type CredentialDraft = {
  methodId: string
  /** Null for an instance that does not exist yet. */
  instanceId: string | null
  values: TypedValue[]
  certificate: CertificateChange
}

async function mayBeSent(
  workspaceId: string,
  { connector }: LoadedMethod,
  instanceId: string | null,
  check: EnabledCheck,
): Promise<Result<null>> {
  if (check === enabledUnchecked) return succeed(null)
  return checkEnabled({ workspaceId, connectorId: connector.id, instanceId })
}

/**
 * The credentials that a form would produce: typed values replace stored ones. Secrets that are stored never go to a
 * new host (DATA §6). Those of a disabled instance or connector are refused.
 */
export async function draftCredentials(
  workspaceId: string,
  draft: CredentialDraft,
  check?: EnabledCheck,
): Promise<Result<Credentials>> {
  const instance = draft.instanceId === null ? null : await instanceOf(workspaceId, draft.instanceId)
  if (draft.instanceId !== null && instance?.methodId !== draft.methodId) return notFound('instance')
  const definitions = await loadMethod(workspaceId, draft.methodId)
  if (!definitions) return notFound('authentication_method')
  const enabled = await mayBeSent(workspaceId, definitions, draft.instanceId, check)
  if (!enabled.ok) return enabled
  const stored = await opened(workspaceId, draft.methodId, instance)
  if (!stored.ok) return stored
  const typed = withTyped(stored.value, draft.values, draft.certificate)
  const origins =
    instance === null ? succeed([]) : await checkNewOrigins(workspaceId, definitions, stored.value, typed, draft)
  if (!origins.ok) return origins
  const credentials = await assemble(
    workspaceId,
    instance,
    definitions,
    origins.value.length === 0 ? typed : withoutStoredValues(typed),
  )
  return requireValues(credentials, 'missing_value')
}

/** Whether waiting credentials of an instance may be saved with this draft, which contains them (DATA §6). */
export async function checkWaitingCredentials(
  workspaceId: string,
  instanceId: string,
  waiting: WaitingCredentials,
  draft: Pick<CredentialDraft, 'values' | 'certificate'>,
): Promise<Result<null>> {
  const instance = await instanceOf(workspaceId, instanceId)
  const definitions = instance && (await loadMethod(workspaceId, instance.methodId))
  if (!instance || !definitions) return notFound('instance')
  const stored = await opened(workspaceId, instance.methodId, instance)
  return stored.ok ? checkWaitingOrigins(workspaceId, definitions, stored.value, waiting, draft) : stored
}

/** Values from one host's responses are not sent to another, and a person could not type them again. */
function withoutStoredValues(secrets: OpenedSecrets): OpenedSecrets {
  return { ...secrets, values: { ...secrets.values, stored: new Map() } }
}

const instanceColumns = {
  id: true,
  name: true,
  methodId: true,
  revision: true,
  rateLimitAmount: true,
  rateLimitUnit: true,
  maxConcurrent: true,
  status: true,
  statusCause: true,
  lastSuccessAt: true,
} as const

async function instanceOf(workspaceId: string, instanceId: string) {
  return workspaceDb(workspaceId).instance.findFirst({ where: { id: instanceId }, select: instanceColumns })
}

type InstanceRow = Awaited<ReturnType<typeof instanceOf>>

function opened(workspaceId: string, methodId: string, instance: InstanceRow): Promise<Result<OpenedSecrets>> {
  const what = instance ? `A value of “${instance.name}”` : 'A value of the authentication method'
  return ifItOpens(what, async () => succeed(await openSecrets(workspaceId, methodId, instance?.id ?? null)))
}

async function assemble(
  workspaceId: string,
  row: InstanceRow,
  definitions: LoadedMethod,
  secrets: OpenedSecrets,
): Promise<Credentials> {
  const { connector, method, defaultRateLimit } = definitions
  const { values, tls, opened } = secrets
  const instance = row && {
    id: row.id,
    name: row.name,
    revision: row.revision,
    limits: effectiveLimits(row, defaultRateLimit),
    health: { status: row.status, cause: row.statusCause, lastSuccessAt: row.lastSuccessAt },
  }
  const credentials = { workspaceId, instance, connector, method, values, tls }
  return {
    ...credentials,
    secrets: secretsOf(credentials, opened),
    confirmedOrigins: await confirmedOrigins(workspaceId, connector.id),
  }
}

type InUse = Pick<Credentials, 'connector' | 'method' | 'values'>

/** The opened secrets, and the secret defaults in the definitions. */
function secretsOf({ connector, method, values }: InUse, opened: KnownSecrets): SecretBook {
  const secrets = new SecretBook()
  secrets.addAll(opened)
  addSecretsOf(scopeOf(effectiveDefinitions({ connector, method }), values), secrets)
  return secrets
}

/**
 * The same credentials with the values of a connection shape, by variable id. These values belong to the endpoint's
 * variables; building the request adds their secrets to its secret book.
 */
export function withShapeValues(credentials: Credentials, shape: ReadonlyMap<string, string>): Credentials {
  return { ...credentials, values: { ...credentials.values, shape } }
}

/** The same credentials with values that a third party has just returned; they replace stored ones. */
export function withStoredValues(
  credentials: Credentials,
  stored: readonly Pick<NewStoredValue, 'key' | 'value' | 'secret'>[],
): Credentials {
  if (stored.length === 0) return credentials
  const merged = new Map([
    ...(credentials.values.stored ?? []),
    ...stored.map(({ key, value }) => [key, value] as const),
  ])
  const values = { ...credentials.values, stored: merged }
  const secrets = secretsOf({ ...credentials, values }, credentials.secrets)
  addSecretsAmong(stored, secrets)
  return { ...credentials, values, secrets }
}

function requireValues(credentials: Credentials, code: ErrorCode): Result<Credentials> {
  const { connector, method, values } = credentials
  const needless = [...filledVariablesOf(method), ...unusedVariablesOf(method)]
  const missing = effectiveDefinitions({ connector, method }).find(
    (definition) =>
      definition.required && !needless.includes(definition.key) && effectiveValue(definition, values) === '',
  )
  if (!missing) return succeed(credentials)
  const owner = credentials.instance === null ? '' : ` on “${credentials.instance.name}”`
  return refuse(
    code,
    `${missing.displayName} has no value${owner}. Enter it in the instance settings; nothing was sent.`,
    `values.${missing.id}`,
  )
}
