/** Where a connector's parameters are sent. A body belongs to one endpoint. */
export const sharedLocations = ['header', 'url', 'cookie'] as const
