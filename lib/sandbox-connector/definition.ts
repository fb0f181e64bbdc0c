import type { DefaultVariable } from '@/lib/domain/authentication/types'
import type { EndpointDefinition, ParameterDefinition } from '@/lib/domain/definitions'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { sandboxEndpoints } from './endpoints'
import { sandboxMethods } from './methods'

/** The connector for the local sandbox (`npm run sandbox`), as data. */

export type MethodData = {
  name: string
  type: AuthenticationType
  /** What differs from the type's own options. */
  options: object
  /** What differs from the type's default variables, by key. */
  variables: Record<string, Partial<Pick<DefaultVariable, 'defaultValue' | 'helpText'>>>
  urls: Partial<Record<PhaseKind, string>>
}

export type EndpointData = Omit<EndpointDefinition, 'id' | 'key' | 'variables' | 'parameters'> & {
  variables: DefaultVariable[]
  parameters: Omit<ParameterDefinition, 'id' | 'phases' | 'steps'>[]
  /** The methods that Acme accepts there, by name. */
  methods: readonly string[]
}

export type SandboxAddresses = {
  url: string
  /** The same API for callers with a client certificate. */
  certificateUrl: string
}

/** Connector variable: how many records a page has. */
export const pageSize: DefaultVariable = {
  key: 'page_size',
  displayName: 'Page size',
  helpText: 'Records in each page, at most 100.',
  alias: 'limit',
  defaultValue: '50',
  required: false,
  configurable: true,
  advanced: true,
  secret: false,
  locked: false,
  inputKind: 'number',
  options: [],
  pattern: '[1-9][0-9]?|100',
}

export function sandboxConnectorDefinition(addresses: SandboxAddresses) {
  return {
    connector: {
      name: 'Acme Commerce',
      description: 'A shop on this machine, for trying out connectors, instances and flows. Start it with "npm run sandbox"; it prints the credentials to use.',
      systemType: 'ecommerce',
      baseUrl: addresses.url,
      documentationUrl: addresses.url,
      colour: '#8a4b12',
    },
    variables: [pageSize],
    methods: sandboxMethods(addresses),
    endpoints: sandboxEndpoints(addresses),
  } as const
}

export type SandboxConnectorDefinition = ReturnType<typeof sandboxConnectorDefinition>
