/**
 * The name of a process's connection for jobs. It is followed by the name of the key that the process seals with, so
 * that other programs can read it in the database.
 */
export const jobsConnection = 'patchbay jobs, key '
