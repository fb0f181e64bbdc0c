/** Set by the proxy on every request (never taken from outside): the path and query the browser asked for. */
export const requestedPathHeader = 'x-patchbay-path'
