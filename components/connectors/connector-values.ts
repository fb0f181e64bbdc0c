import type { ConnectorDetail } from '@/lib/connectors/views'

/**
 * The details as their form sends them, to be compared with what is typed. The icon is left out because it is not text.
 */
export function connectorValues(connector: ConnectorDetail): Record<string, string> {
  const { name, versionLabel, description, systemType, baseUrl, allowedHosts, dateFormat, documentationUrl } = connector
  return {
    name,
    versionLabel,
    description,
    systemType,
    baseUrl,
    dateFormat,
    documentationUrl,
    allowedHosts: allowedHosts.join('\n'),
    rateLimitAmount: connector.rateLimitAmount === null ? '' : String(connector.rateLimitAmount),
    rateLimitUnit: connector.rateLimitUnit ?? 'second',
    colour: connector.icon.colour ?? '',
  }
}
