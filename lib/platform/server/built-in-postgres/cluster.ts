import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { readOrCreate } from '../data-folder'
import { PlainError } from '../plain-error'
import { mayEnter, postgresAccount, type Account } from './account'
import { copyBinaries, locateBinaries, makeOpenFolder } from './binaries'

/** What it takes to run the built-in database: its files, its programs, its password and who runs it. */
export type Cluster = { folder: string; programs: string; password: string; account: Account }

/** Where root keeps what the user `postgres` could not reach in a root-only folder. */
const systemFolder = '/var/lib/patchbay'

/** Finds the database of a data folder, or makes an empty one. */
export function openCluster(dataFolder: string): Cluster {
  const starter = postgresAccount()
  const folder = join(homeOf(dataFolder, starter), 'postgres')
  const account = existsSync(folder) ? ownerOf(folder, starter) : starter
  const native = locateBinaries()
  const programs = join(mayEnter(account, native) ? native : copyBinaries(native, systemFolder), 'bin')
  const password = readOrCreate(dataFolder, 'database-password', () => randomBytes(24).toString('base64url'))
  const cluster = { folder, programs, password, account }
  if (!existsSync(folder)) initialise(cluster)
  return cluster
}

function homeOf(dataFolder: string, account: Account): string {
  return existsSync(join(dataFolder, 'postgres')) || mayEnter(account, dataFolder) ? dataFolder : elsewhere(dataFolder)
}

/**
 * A folder below the system's data. Its random name is kept in the data folder, so that deleting that folder is a
 * fresh start here too.
 */
function elsewhere(dataFolder: string): string {
  const folder = join(
    systemFolder,
    readOrCreate(dataFolder, 'location', () => randomBytes(8).toString('hex')),
  )
  makeOpenFolder(systemFolder)
  makeOpenFolder(folder)
  return folder
}

/** Postgres wants its files owned by the user it runs as: an existing database decides who that is. */
function ownerOf(folder: string, account: Account): Account {
  const { uid, gid } = statSync(folder)
  if (account === null) {
    if (uid === process.getuid?.()) return null
    throw new PlainError(
      `The database in ${folder} belongs to another user (uid ${uid}, you are ${userInfo().username}).\nStart as that user, or set PATCHBAY_DATA_DIR to a folder of your own.`,
    )
  }
  return uid === 0 ? account : { uid, gid }
}

/**
 * Makes the database beside its final place and moves it there whole: a start that was cut short leaves nothing half
 * made.
 */
function initialise(cluster: Cluster): void {
  const draft = `${cluster.folder}.${randomBytes(4).toString('hex')}`
  const passwordFile = `${draft}.password`
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
    for (const path of [draft, passwordFile])
      if (cluster.account) chownSync(path, cluster.account.uid, cluster.account.gid)
    runInitdb(cluster, draft, passwordFile)
    chmodSync(draft, 0o700)
    moveInPlace(draft, cluster.folder)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function runInitdb(cluster: Cluster, folder: string, passwordFile: string): void {
  const { status, error, stderr } = spawnSync(
    join(cluster.programs, 'initdb'),
    [
      `--pgdata=${folder}`,
      `--pwfile=${passwordFile}`,
      '--username=patchbay',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order and case rules on every machine, whatever languages it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    { ...cluster.account, cwd: folder, env: postgresEnvironment, encoding: 'utf8' },
  )
  if (status !== 0)
    throw new PlainError(`The built-in database could not be created in ${folder}:\n${error?.message ?? stderr}`)
}

/** Of two first starts at the same time one moves its database in place; the other uses that. */
function moveInPlace(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}

/** Nothing of the caller's environment: PG… variables and locales would change what Postgres does. */
export const postgresEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv
