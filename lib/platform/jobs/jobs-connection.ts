/**
 * The name of a process's connection for jobs, followed by the name of the key that the process seals with: what other
 * programs see of it in the database.
 */
export const jobsConnection = 'patchbay jobs, key '
