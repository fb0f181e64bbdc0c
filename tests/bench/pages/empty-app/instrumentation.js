/** Without this file, Next would use the one in a parent folder. */
export function register() {}
