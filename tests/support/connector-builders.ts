import type { CreateConnector } from '@/lib/connectors/schema'

/** Basic details, as parsed by the schema. */
export function connectorDetails(given: Partial<CreateConnector> = {}): CreateConnector {
  return {
    name: 'Acme Commerce',
    versionLabel: '',
    description: '',
    systemType: 'ecommerce',
    baseUrl: 'https://api.acme.test/v1',
    dateFormat: 'YYYY-MM-DD',
    rateLimitAmount: null,
    rateLimitUnit: 'second',
    documentationUrl: '',
    colour: null,
    allowedHosts: [],
    icon: 'keep',
    ...given,
  }
}
