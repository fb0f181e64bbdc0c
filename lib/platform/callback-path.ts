/** Where third parties send people back to, on every public address of this installation. */
export const callbackPath = '/oauth/authenticate'
