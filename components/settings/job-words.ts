/** What background jobs do, by the names of their queues. */
export const jobWords: Record<string, string> = {
  'clean-up': 'Clean-up',
  'create-imported-instances': 'Creating imported instances',
  'read-import': 'Reading documents',
  'resume-imports': 'Resuming imports',
  'sweep-pending-authorisations': 'Deleting old authorisations',
  'warn-of-expiring-certificates': 'Checking certificates',
  'write-import': 'Writing connectors',
}

/** A worker of another version may know jobs that this one does not. */
export function jobInWords(name: string): string {
  return jobWords[name] ?? name
}
