import type { ConnectorIcon } from './views'

export const summaryColumns = {
  id: true,
  key: true,
  name: true,
  versionLabel: true,
  systemType: true,
  iconType: true,
  colour: true,
  revision: true,
  updatedAt: true,
  disabledAt: true,
} as const

/** The address contains the revision, so that browsers can cache the image until the connector changes. */
export function iconOf(row: {
  id: string
  iconType: string | null
  colour: string | null
  revision: number
}): ConnectorIcon {
  return { url: row.iconType ? `/connectors/${row.id}/icon?v=${row.revision}` : null, colour: row.colour }
}
