/** Where third parties send people back to, on every public address of this installation. */
export const callbackPath = '/oauth/authenticate'

const formType = 'application/x-www-form-urlencoded'

/** A third party's form rather than one of our own server actions, which come with a header or as multipart. */
export function isCallbackForm(method: string, path: string, headers: Pick<Headers, 'get'>): boolean {
  if (method !== 'POST' || path !== callbackPath) return false
  return (headers.get('content-type') ?? '').toLowerCase().startsWith(formType) && headers.get('next-action') === null
}
