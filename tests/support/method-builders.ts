import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { systemDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { ParameterDefinition, PhaseDefinition } from '@/lib/domain/definitions'
import { foldName } from '@/lib/domain/names'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import type { Acme, AcmeMethod } from './acme-builders'
import { next } from './builders'

type Given = {
  options?: Prisma.InputJsonObject
  phases?: (Partial<PhaseDefinition> & { kind: PhaseKind })[]
  parameters?: (Partial<ParameterDefinition> & Pick<ParameterDefinition, 'place' | 'key' | 'value' | 'phases'>)[]
  /** In addition to the type's own variables; secret if the name implies it. */
  variables?: string[]
  timeoutSeconds?: number
}

/** Writes a method of any type with the given phases directly to the database. */
export async function methodOf(acme: Acme, type: AuthenticationType, given: Given = {}): Promise<AcmeMethod> {
  const { workspaceId, connectorId } = acme
  const definition = authenticationTypeDefinitions[type]
  const { options = {}, phases = [], parameters = [], timeoutSeconds = 5 } = given
  const name = `${definition.label} ${next()}`
  const method = await systemDb().authenticationMethod.create({
    data: {
      workspaceId,
      connectorId,
      name,
      foldedName: foldName(name),
      key: `method-${next()}`,
      type,
      timeoutSeconds,
      options: options,
    },
  })
  const owner = { workspaceId, connectorId, methodId: method.id }
  for (const { kind, successRule = null, extract = null, ...phase } of phases) {
    const rules = { successRule: successRule ?? Prisma.DbNull, extract: extract ?? Prisma.DbNull }
    await systemDb().authenticationPhase.create({ data: { ...owner, kind, ...phase, ...rules } })
  }
  for (const [
    position,
    { displayName = '', helpText = '', required = true, steps = [], id: _id, ...parameter },
  ] of parameters.entries()) {
    await systemDb().parameter.create({
      data: { ...owner, position, displayName, helpText, required, steps, ...parameter },
    })
  }
  return { id: method.id, name, variables: await addVariables(owner, type, given.variables ?? []) }
}

async function addVariables(
  owner: { workspaceId: string; connectorId: string; methodId: string },
  type: AuthenticationType,
  more: string[],
) {
  const own = more.map((key) => ({
    key,
    displayName: key,
    required: false,
    configurable: true,
    secret: /secret|password|token/.test(key),
  }))
  const variables: Record<string, string> = {}
  for (const [position, variable] of [...authenticationTypeDefinitions[type].defaultVariables, ...own].entries()) {
    const row = await systemDb().variable.create({ data: { ...owner, ...variable, level: 'method', position } })
    variables[variable.key] = row.id
  }
  return variables
}
