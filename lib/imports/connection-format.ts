/** The format of a connection document, as people see it. */
export const connectionDocument = 'Connection document'
