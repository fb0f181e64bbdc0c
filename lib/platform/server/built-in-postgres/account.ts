import { spawnSync } from 'node:child_process'
import { PlainError } from '../plain-error'

/** The operating system's user that Postgres runs as; null: the user who started the app. */
export type Account = { uid: number; gid: number } | null

const name = 'postgres'

/** Postgres refuses to run as root. Then it runs as the user `postgres`, which is created if it is missing. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return null
  const account = lookUp()
  if (account) return account
  const made = spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    '--user-group',
    name,
  ])
  const found = lookUp()
  if (found) return found
  throw new PlainError(
    `Postgres does not run as root, and the user “${name}” could not be created${made.stderr?.length ? `: ${made.stderr.toString().trim()}` : '.'}\n` +
      'Start Patchbay as another user, or set DATABASE_URL.',
  )
}

function lookUp(): Account {
  const [uid, gid] = ['-u', '-g']
    .map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
    .map(({ status, stdout }) => (status === 0 ? Number(stdout) : NaN))
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid!, gid: gid! } : null
}

/** Whether that user can enter a folder. Nobody else can enter the home folder of root. */
export function mayEnter(account: Account, folder: string): boolean {
  return (
    account === null ||
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  )
}
