/** The path and query that the browser requested. The proxy sets it on every request, so that clients cannot. */
export const requestedPathHeader = 'x-patchbay-path'
