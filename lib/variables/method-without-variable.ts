import 'server-only'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { optionsOfGroups } from '@/lib/domain/method-options/options'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { sameJson } from '@/lib/domain/same-json'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationPhase, Prisma } from '@/lib/platform/db/generated/client'
import { storedOptions } from '@/lib/platform/db/read-definition'
import type { VariableOwner } from './views'

type Parts = { options: Partial<MethodOptions>; phases: AuthenticationPhase[] }
export type MethodWithoutVariable = { id: string; before: Parts; after: Parts }

/**
 * A method before and after the removal of one of its variables (rule R13). Null if the variable belongs to no method,
 * or if the connector has a variable with the same key, which is used instead.
 */
export async function methodWithoutVariable(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  key: string,
): Promise<MethodWithoutVariable | null> {
  if (owner.level !== 'method') return null
  const row = await tx.authenticationMethod.findFirst({
    where: { id: owner.ownerId, connectorId: owner.connectorId },
    select: {
      id: true,
      type: true,
      options: true,
      phases: true,
      connector: { select: { variables: { where: { level: 'connector' }, select: { key: true } } } },
    },
  })
  if (!row || row.connector.variables.some((variable) => variable.key === key)) return null
  // Keys that were already missing do not belong to this change.
  const type = authenticationTypeDefinitions[row.type]
  const known = type.defaultVariables.filter((variable) => variable.key !== key).map((variable) => variable.key)
  const before = { options: optionsOfGroups(type.optionGroups, storedOptions(row)), phases: row.phases }
  return { id: row.id, before, after: withoutMissingVariables(type, before, known) }
}

/** Stores the method's options and requests as they are after the removal of a variable. */
export async function writeMethodWithoutVariable(
  tx: WorkspaceTransaction,
  { id, before, after }: MethodWithoutVariable,
): Promise<void> {
  if (!sameJson(before.options, after.options)) {
    const options = after.options as Prisma.InputJsonObject
    await tx.authenticationMethod.update({ where: { id }, data: { options }, select: { id: true } })
  }
  for (const [index, phase] of after.phases.entries()) {
    const { clientAuthentication } = phase
    if (clientAuthentication === before.phases[index]?.clientAuthentication) continue
    await tx.authenticationPhase.updateMany({ where: { id: phase.id }, data: { clientAuthentication } })
  }
}

/** What changes on the *Token* tab, in words, for example: “Access token” becomes “access_token”. */
export function optionsThatChange({ before, after }: MethodWithoutVariable): string[] {
  const [from, to] = [before.options, after.options]
  const texts = [
    ['Access token', from.tokenPath, to.tokenPath],
    ['Refresh token', from.refreshTokenPath, to.refreshTokenPath],
    ['Algorithm', from.jwt?.algorithm, to.jwt?.algorithm],
    ['Lifetime of the JWT', from.jwt?.lifetime, to.jwt?.lifetime],
  ] as const
  const named = texts.flatMap(([label, old, changed]) => (old === changed ? [] : [`“${label}” becomes “${changed}”`]))
  const client = sameJson(clientsOf(before), clientsOf(after))
    ? []
    : [`“Client authentication” becomes “${clientAuthentications.none}”`]
  const header = removedNames(from.jwt?.header, to.jwt?.header).map((name) => `the header field ${name} is removed`)
  const claims = removedNames(from.jwt?.claims, to.jwt?.claims).map((name) => `the claim ${name} is removed`)
  return [...client, ...named, ...header, ...claims]
}

function clientsOf({ options, phases }: Parts) {
  return [options.clientAuthentication, ...phases.map(({ clientAuthentication }) => clientAuthentication)]
}

function removedNames(before: readonly { name: string }[] = [], after: readonly { name: string }[] = []): string[] {
  const left = new Set(after.map(({ name }) => name))
  return before.map(({ name }) => name).filter((name) => !left.has(name))
}
