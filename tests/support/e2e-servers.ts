/** What the set-up of the end-to-end tests passes to their workers. */
export type E2eServers = {
  /** The URL of the app that most specs have a workspace in. */
  url: string
  databaseUrl: string
  /** The output of that app. */
  outputFile: string
  /** The server for the databases of other installations, which are copies of the one called `runName`. */
  serverUrl: string
  runName: string
}

/** Workers inherit the environment of the process that ran the set-up. */
const variable = 'PATCHBAY_E2E_SERVERS'

export function shareE2eServers(servers: E2eServers): void {
  process.env[variable] = JSON.stringify(servers)
}

export function e2eServers(): E2eServers {
  const shared = process.env[variable]
  if (shared === undefined) throw new Error('the end-to-end tests were not set up')
  return JSON.parse(shared) as E2eServers
}
