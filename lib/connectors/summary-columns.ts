import type { ConnectorIcon } from './views'

export const summaryColumns = {
  id: true,
  name: true,
  versionLabel: true,
  systemType: true,
  iconType: true,
  colour: true,
  revision: true,
  updatedAt: true,
  disabledAt: true,
} as const

/** The revision in the address lets a browser keep the picture for as long as it is the same. */
export function iconOf(row: {
  id: string
  iconType: string | null
  colour: string | null
  revision: number
}): ConnectorIcon {
  return { url: row.iconType ? `/connectors/${row.id}/icon?v=${row.revision}` : null, colour: row.colour }
}
