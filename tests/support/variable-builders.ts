import { seal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { VariableInput } from '@/lib/variables/schema'

/** A variable as a person would type it; plain, optional and configurable unless given otherwise. */
export function aVariableInput(given: Partial<VariableInput> = {}): VariableInput {
  return {
    key: 'account',
    displayName: 'Account',
    helpText: '',
    alias: '',
    defaultValue: '',
    required: false,
    configurable: true,
    advanced: false,
    secret: false,
    inputKind: 'text',
    options: [],
    pattern: '',
    ...given,
  }
}

type ConnectorRef = { workspaceId: string; connectorId: string }

/** A value of an instance, plain or sealed as the definition says. */
export async function anInstanceValue(
  connector: ConnectorRef,
  instanceId: string,
  variableId: string,
  value: string,
  secret = false,
): Promise<string> {
  const id = newId()
  const { workspaceId, connectorId } = connector
  const stored = secret
    ? { sealedValue: seal(value, { workspaceId, table: 'InstanceValue', rowId: id, field: 'sealedValue' }) }
    : { value }
  await systemDb().instanceValue.create({ data: { id, workspaceId, connectorId, instanceId, variableId, ...stored } })
  return id
}
