/** Where third parties send people back to, on every public address of this installation. */
export const callbackPath = '/oauth/authenticate'

/** What answers the callback where it comes as a form: a page cannot. */
export const formPostPath = `${callbackPath}/form-post`
