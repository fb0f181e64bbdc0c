import type { TestProject } from 'vitest/node'
import { prepareTestDatabases } from './database-server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server where databases can be created. */
    serverUrl: string
    /**
     * The migrated database that every test file gets a copy of. The names of all databases of the run start with its
     * name.
     */
    runName: string
  }
}

export default async function setUp(project: TestProject) {
  const databases = await prepareTestDatabases()
  project.provide('serverUrl', databases.serverUrl)
  project.provide('runName', databases.runName)
  return databases.remove
}
