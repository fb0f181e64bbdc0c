/** The builder's sections, in the order in which a new connector is built. */
export const sectionLabels = ['Basic details', 'Connector variables', 'Authentication', 'Endpoints'] as const

const paths = ['', '/variables', '/authentication', '/endpoints'] as const

/** What the connector is and how it is doing; not a step of building it. */
export function overviewOf(connectorId: string): `/connectors/${string}/overview` {
  return `/connectors/${connectorId}/overview`
}

/** What could not be imported from the connector's document; not a step of building it either. */
export function importReportOf(connectorId: string): `/connectors/${string}/import-report` {
  return `/connectors/${connectorId}/import-report`
}

export function sectionsOf(connectorId: string): { label: string; href: string }[] {
  return sectionLabels.map((label, index) => ({ label, href: `/connectors/${connectorId}${paths[index]}` }))
}
