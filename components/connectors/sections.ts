/** The builder's sections, in the order in which a new connector is built. */
export const sectionLabels = ['Basic details', 'Connector variables', 'Authentication', 'Endpoints'] as const

const paths = ['', '/variables', '/authentication', '/endpoints'] as const

export function sectionsOf(connectorId: string): { label: string; href: string }[] {
  return sectionLabels.map((label, index) => ({ label, href: `/connectors/${connectorId}${paths[index]}` }))
}
