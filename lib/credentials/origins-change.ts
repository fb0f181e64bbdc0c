import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { renderedOrigins } from '@/lib/domain/requests/origins'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { effectiveDefinitions, type VariableValues } from '@/lib/domain/variables/resolve-variables'
import type { CertificateChange, TypedValue } from './instance-settings'
import type { OpenedSecrets } from './open-secrets'

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
  const untouched = effectiveDefinitions(definitions).find(
    ({ id, secret }) => secret && stored.values.instance.has(id) && !touched.has(id),
  )
  const why = `These settings would send it to ${added.join(', ')}, where it was not sent before.`
  if (untouched)
    return refuse(
      'secret_needed_for_new_host',
      `Enter ${untouched.displayName} again. ${why}`,
      `values.${untouched.id}`,
    )
  if (stored.tls.keyPem && draft.certificate.kind === 'keep') {
    return refuse('secret_needed_for_new_host', `Upload the certificate again, or remove it. ${why}`, 'certificate')
  }
  const shapes = draft.instanceId === null ? succeed(null) : await checkShapeSecrets(workspaceId, draft.instanceId, why)
  return shapes.ok ? succeed(added) : shapes
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
