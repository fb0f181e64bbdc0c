/** What the end-to-end tests share, from their set-up to their workers. */
export type E2eServers = {
  /** The app that most specs have a workspace in. */
  url: string
  databaseUrl: string
  /** What that app writes. */
  outputFile: string
  /** Where further installations get their databases, as copies of the one called `runName`. */
  serverUrl: string
  runName: string
}

/** Workers are started with the environment of the process that ran the set-up. */
const variable = 'PATCHBAY_E2E_SERVERS'

export function shareE2eServers(servers: E2eServers): void {
  process.env[variable] = JSON.stringify(servers)
}

export function e2eServers(): E2eServers {
  const shared = process.env[variable]
  if (shared === undefined) throw new Error('the end-to-end tests were not set up')
  return JSON.parse(shared) as E2eServers
}
