import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { instanceFields, type InstanceField } from '@/lib/domain/authentication/instance-fields'
import type { ConnectorDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { loadMethod } from '@/lib/credentials/load-definitions'

export type MethodFields = {
  connector: ConnectorDefinition
  method: MethodDefinition
  main: InstanceField[]
  advanced: InstanceField[]
  all: InstanceField[]
}

/** A method with the fields of its instances; null if the workspace has no method with this ID. */
export async function loadFields(workspaceId: string, methodId: string): Promise<MethodFields | null> {
  const [definitions, methodValues] = await Promise.all([
    loadMethod(workspaceId, methodId),
    workspaceDb(workspaceId).methodValue.findMany({ where: { methodId }, select: { variableId: true } }),
  ])
  if (!definitions) return null
  const { connector, method } = definitions
  const { main, advanced } = instanceFields(
    connector,
    method,
    new Set(methodValues.map(({ variableId }) => variableId)),
  )
  return { connector, method, main, advanced, all: [...main, ...advanced] }
}
