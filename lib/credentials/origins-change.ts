import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { renderedOrigins } from '@/lib/domain/requests/origins'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { effectiveDefinitions, type VariableValues } from '@/lib/domain/variables/resolve-variables'
import type { CertificateChange, TypedValue } from './instance-settings'
import { withTyped, type OpenedSecrets } from './open-secrets'

type Definitions = { connector: ConnectorDefinition; method: MethodDefinition }

/** Origins that would receive an instance's credentials with the draft but do not receive them now. */
export async function newOrigins(
  workspaceId: string,
  definitions: Definitions,
  current: VariableValues,
  draft: VariableValues,
): Promise<string[]> {
  const endpoints = await endpointUrls(workspaceId, definitions.connector.id)
  const known = new Set(renderedOrigins({ ...definitions, endpoints }, current))
  return renderedOrigins({ ...definitions, endpoints }, draft).filter((origin) => !known.has(origin))
}

/** Only an absolute URL with a variable can lead to another host when values change, so only those are read. */
async function endpointUrls(
  workspaceId: string,
  connectorId: string,
): Promise<Pick<EndpointDefinition, 'url' | 'variables'>[]> {
  const rows = await workspaceDb(workspaceId).endpoint.findMany({
    where: { connectorId, url: { contains: '{{' }, NOT: { url: { startsWith: '/' } } },
    select: { url: true, variables: true },
  })
  return rows.map(({ url, variables }) => ({ url, variables: variables.map(variableDefinition) }))
}

/**
 * Usually, secrets that are not typed stay as they are. For a new host, every secret has to be typed again (DATA §6).
 * @returns the new origins
 */
export async function checkNewOrigins(
  workspaceId: string,
  definitions: Definitions,
  stored: OpenedSecrets,
  typed: OpenedSecrets,
  draft: { instanceId: string | null; values: TypedValue[]; certificate: CertificateChange },
): Promise<Result<string[]>> {
  const added = await newOrigins(workspaceId, definitions, stored.values, typed.values)
  if (added.length === 0) return succeed(added)
  const touched = new Set(draft.values.map(({ variableId }) => variableId))
  const why = `These settings would send it to ${added.join(', ')}, where it was not sent before.`
  const typedAgain = requireTypedAgain(definitions, why, {
    values: new Set([...stored.values.instance.keys()].filter((id) => !touched.has(id))),
    certificate: Boolean(stored.tls.keyPem) && draft.certificate.kind === 'keep',
  })
  if (!typedAgain.ok) return typedAgain
  const shapes = draft.instanceId === null ? succeed(null) : await checkShapeSecrets(workspaceId, draft.instanceId, why)
  return shapes.ok ? succeed(added) : shapes
}

/** Credentials that a person typed earlier, and that are stored sealed since. */
export type WaitingCredentials = {
  values: TypedValue[]
  certificate: CertificateChange
  /** The settings with which they were typed. */
  typedWith: {
    /** The values that the instance had then, by variable; null if it has the same ones now. */
    before: ReadonlyMap<string, string> | null
    values: TypedValue[]
  }
}

/**
 * Secrets that wait were typed for the hosts of the settings at that time. If a later save, of another person or of the
 * same one, leads to other hosts, they have to be typed again (DATA §6).
 * @param draft what is saved: the waiting credentials joined with what is typed now
 */
export async function checkWaitingOrigins(
  workspaceId: string,
  definitions: Definitions,
  stored: OpenedSecrets,
  { values, certificate, typedWith }: WaitingCredentials,
  draft: Pick<WaitingCredentials, 'values' | 'certificate'>,
): Promise<Result<null>> {
  const then = withTyped(withInstanceValues(stored, typedWith.before), typedWith.values, { kind: 'keep' })
  const now = withTyped(stored, draft.values, draft.certificate)
  const added = await newOrigins(workspaceId, definitions, then.values, now.values)
  if (added.length === 0) return succeed(null)
  const why = `You entered it for another host: these settings would send it to ${added.join(', ')}.`
  return requireTypedAgain(definitions, why, {
    values: new Set(values.flatMap(({ variableId, value }) => (value === null ? [] : [variableId]))),
    certificate: certificate.kind === 'replace' && certificate.keyPem !== null,
  })
}

/** Values of responses are left out with the instance's own: nobody knows which ones it had at that time. */
function withInstanceValues(stored: OpenedSecrets, instance: ReadonlyMap<string, string> | null): OpenedSecrets {
  if (instance === null) return stored
  return { ...stored, values: { ...stored.values, stored: new Map(), instance: new Map(instance) } }
}

/** Refuses the first of these secrets, then the certificate. */
function requireTypedAgain(
  definitions: Definitions,
  why: string,
  untouched: { values: ReadonlySet<string>; certificate: boolean },
): Result<null> {
  const secret = effectiveDefinitions(definitions).find(({ id, secret }) => secret && untouched.values.has(id))
  if (secret)
    return refuse('secret_needed_for_new_host', `Enter ${secret.displayName} again. ${why}`, `values.${secret.id}`)
  if (untouched.certificate)
    return refuse('secret_needed_for_new_host', `Upload the certificate again, or remove it. ${why}`, 'certificate')
  return succeed(null)
}

/** Secrets stored in shapes are sent to the instance's hosts too, and can only be typed again in the shape. */
async function checkShapeSecrets(workspaceId: string, instanceId: string, why: string): Promise<Result<null>> {
  const untouched = await workspaceDb(workspaceId).shapeValue.findFirst({
    where: { sealedValue: { not: null }, shape: { instanceId, flowVersion: { state: { in: ['draft', 'deployed'] } } } },
    select: {
      variable: { select: { displayName: true } },
      shape: { select: { name: true, flowVersion: { select: { flow: { select: { name: true } } } } } },
    },
  })
  if (!untouched) return succeed(null)
  const { name, flowVersion } = untouched.shape
  return refuse(
    'secret_needed_for_new_host',
    `The shape “${name}” of the flow “${flowVersion.flow.name}” stores ${untouched.variable?.displayName ?? 'a secret'}. ${why} Clear it there first, and enter it again afterwards.`,
  )
}
