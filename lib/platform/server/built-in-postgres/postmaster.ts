import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fchownSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { postgresEnvironment, type Cluster } from './cluster'

/** A running Postgres server, according to its lock file. */
export type Postmaster = { pid: number; port: number }

/**
 * The server that runs on these files; null if none does. A lock file that a crash left behind is removed if its
 * process ID belongs to another program now, because Postgres would refuse to start.
 */
export function findPostmaster(folder: string): Postmaster | null {
  const path = join(folder, 'postmaster.pid')
  const [pid, , , port] = readLines(path).map(Number)
  if (!pid) return null
  if (isPostgres(pid)) return port ? { pid, port } : null
  rmSync(path, { force: true })
  return null
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

export function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout.includes('postgres')
  const [, name, state] = /\((.*)\) (\S)/s.exec(readLines(`/proc/${pid}/stat`).join('\n')) ?? []
  return name === 'postgres' && state !== 'Z'
}

/** A port that nobody uses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Starts the server in its own session, so that Ctrl-C in the terminal does not reach it; the last process that uses it
 * stops it. It listens only on the loopback address.
 * @returns `ended` settles when the server ends, with the end of its log; `end` is for one that nobody uses yet
 */
export async function startPostmaster(cluster: Cluster): Promise<{ ended: Promise<string>; end: () => void }> {
  const logPath = join(cluster.folder, 'server.log')
  const log = openSync(logPath, 'w', 0o600)
  if (cluster.account) fchownSync(log, cluster.account.uid, cluster.account.gid)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(await freePort()),
    unix_socket_directories: '',
    max_connections: '200',
    // Statements contain names and addresses, but no secrets. They should not be logged anyway.
    log_min_error_statement: 'panic',
    timezone: 'UTC',
  }
  const child = spawn(
    join(cluster.programs, 'postgres'),
    ['-D', cluster.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.account,
      cwd: cluster.folder,
      env: postgresEnvironment,
      detached: true,
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  child.unref()
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => resolve(readLines(logPath).slice(-8).join('\n').trim()))
  })
  return { ended, end: () => void child.kill('SIGINT') }
}
