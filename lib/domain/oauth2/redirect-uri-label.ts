/** Labels for the addresses of an installation in the list of redirect URIs. */

const staging = /(^|[.-])(staging|stage|test|testing|dev|development)\d*([.-]|$)/
const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * *Production* for the main address, *Staging* if the host name says so (staging, test, dev), otherwise the host.
 * @param index in the list of redirect URIs, which begins with the main address
 */
export function redirectUriLabel(uri: string, index: number): string {
  const { host, hostname } = new URL(uri)
  if (staging.test(hostname)) return 'Staging'
  return index === 0 && !local.test(hostname) ? 'Production' : host
}
