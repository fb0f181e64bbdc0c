import type { ConnectorDocument } from '@/lib/imports/document-schema'
import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import type { SandboxAddresses } from './addresses'
import { sandboxEndpoints } from './endpoints'
import { sandboxMethods } from './methods'

/**
 * The connector for the local sandbox (`npm run sandbox`). It is built here because the sandbox's address is
 * configurable.
 */

/** Connector variable: the number of records per page. */
const pageSize = {
  ...{
    key: 'page_size',
    displayName: 'Page size',
    helpText: 'Records per page, at most 100.',
    alias: 'limit',
    defaultValue: '50',
  },
  ...{ advanced: true, inputKind: 'number', pattern: '[1-9][0-9]?|100' },
}

export function sandboxConnectorDefinition(addresses: SandboxAddresses): ConnectorDocument {
  return connectorDocumentSchema.parse({
    patchbay: 1,
    kind: 'connector',
    name: 'Acme Commerce',
    description: 'A shop on this machine, for trying out connectors, instances and flows.',
    systemType: 'ecommerce',
    baseUrl: addresses.url,
    documentationUrl: addresses.url,
    colour: '#8a4b12',
    variables: [pageSize],
    methods: sandboxMethods(addresses),
    endpoints: sandboxEndpoints(addresses),
  })
}
