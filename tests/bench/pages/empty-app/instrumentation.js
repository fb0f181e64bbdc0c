/** Next would take the one of a folder above. */
export function register() {}
