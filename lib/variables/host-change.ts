import 'server-only'
import { may, type Actor } from '@/lib/domain/access/actor'
import { storedOptions } from '@/lib/platform/db/read-definition'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { hostVariables } from '@/lib/domain/urls/origin-template'
import { parseUrlTemplate } from '@/lib/domain/urls/url-template'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { VariableOwner } from './views'

/** The variables in the host of a URL. */
function variablesInHost(url: string): string[] {
  const parsed = parseUrlTemplate(url)
  return parsed.ok && parsed.value.origin !== null ? hostVariables(parsed.value.origin) : []
}

/** Whether one of the keys is used in a host. */
async function isPartOfHost(tx: WorkspaceTransaction, connectorId: string, keys: readonly string[]): Promise<boolean> {
  const where = { connectorId, OR: keys.map((key) => ({ url: { contains: key } })) }
  const connector = await tx.connector.findFirst({ where: { id: connectorId }, select: { baseUrl: true } })
  const phases = await tx.authenticationPhase.findMany({ where, select: { url: true } })
  const endpoints = await tx.endpoint.findMany({ where, select: { url: true } })
  const methods = await tx.authenticationMethod.findMany({
    where: { connectorId },
    select: { type: true, options: true },
  })
  const urls = [connector?.baseUrl, ...methods.map(baseUrlOf), ...[...phases, ...endpoints].map((row) => row.url)]
  return urls.some((template) => variablesInHost(template ?? '').some((key) => keys.includes(key)))
}

/** A method may have a base URL of its own. */
function baseUrlOf(method: { type: AuthenticationType; options: unknown }): string {
  return storedOptions(method).baseUrl
}

/** A change of variables that may change the hosts of existing instances. */
export type HostChange = {
  keys: string[]
  /** Set if only the default changes, which affects only instances without their own value. */
  variableId: string | null
}

/** Whose credentials would be sent to another host: instances, and methods with a secret for future instances. */
async function affectedBy(
  tx: WorkspaceTransaction,
  { connectorId, level, ownerId }: VariableOwner,
  { variableId }: HostChange,
): Promise<string | null> {
  const where = {
    connectorId,
    ...(level === 'method' && { methodId: ownerId }),
    ...(variableId && { values: { none: { variableId } } }),
  }
  const count = await tx.instance.count({ where })
  if (count > 0) {
    const some = await tx.instance.findMany({ where, select: { name: true }, orderBy: { foldedName: 'asc' }, take: 5 })
    return nameSome(
      some.map((instance) => instance.name),
      count,
    )
  }
  const holders = await tx.authenticationMethod.findMany({
    where: {
      connectorId,
      ...(level === 'method' && { id: ownerId }),
      values: { some: { variable: { secret: true } } },
    },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
  })
  return holders.length === 0
    ? null
    : nameSome(
        holders.map((method) => method.name),
        holders.length,
      )
}

/**
 * A default in a host decides where instances without their own value send their credentials. Changing it is like
 * adding an origin (DATA §6): it needs an administrator, and a confirmation.
 * @returns the question to confirm, or null if nothing has to be confirmed
 */
export async function hostChangeQuestion(
  tx: WorkspaceTransaction,
  actor: Actor,
  owner: VariableOwner,
  change: HostChange,
): Promise<Result<string | null>> {
  if (!(await isPartOfHost(tx, owner.connectorId, change.keys))) return succeed(null)
  const affected = await affectedBy(tx, owner, change)
  if (affected === null) return succeed(null)
  if (may(actor, 'administer'))
    return succeed(
      `${affected} would send their credentials to another host, because this value is part of a URL’s host.`,
    )
  return refuse(
    'not_allowed',
    `This value is part of a URL’s host, so ${affected} would send their credentials to another host. Ask an administrator to make this change.`,
  )
}
