/** Where third parties send people back to, on every public address of this installation. */
export const callbackPath = '/oauth/authenticate'

const formType = 'application/x-www-form-urlencoded'

/** Whether the request is a form of a third party. Our own server actions have a header, or are multipart. */
export function isCallbackForm(method: string, path: string, headers: Pick<Headers, 'get'>): boolean {
  if (method !== 'POST' || path !== callbackPath) return false
  return (headers.get('content-type') ?? '').toLowerCase().startsWith(formType) && headers.get('next-action') === null
}
