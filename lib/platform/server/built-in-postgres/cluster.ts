import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { readOrCreate } from '../data-folder'
import { PlainError } from '../plain-error'
import { mayEnter, postgresAccount, type Account } from './account'
import { copyBinaries, locateBinaries, makeOpenFolder } from './binaries'

/** What is needed to run the built-in database: its files, its programs, its password and its user. */
export type Cluster = { folder: string; programs: string; password: string; account: Account }

/** The folder for files that the user `postgres` could not reach in a folder of root. */
const systemFolder = '/var/lib/patchbay'

/** Finds the database of a data folder, or creates an empty one. */
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
 * A folder below the system's data. Its random name is stored in the data folder, so that deleting the data folder
 * starts with an empty database here too.
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

/** Postgres must run as the owner of its files, so an existing database decides the user. */
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
 * Creates the database in a temporary folder and renames it when it is complete, so that an interrupted start leaves no
 * incomplete database.
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
      // The same rules for order and case on every machine, regardless of its languages.
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

/** If two first starts run at the same time, one renames its database and the other uses it. */
function moveInPlace(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}

/** Without the caller's environment, whose PG… variables and locales would change the behaviour of Postgres. */
export const postgresEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv
