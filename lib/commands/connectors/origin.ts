import { execFileSync } from 'node:child_process'
import { basename, relative } from 'node:path'
import type { Repository } from '@/lib/connectors/managed-by'

/** Where a file comes from: its repository without credentials, its path there, and the commit. */
export function originOf(folder: string, file: string): Repository {
  const top = git(folder, 'rev-parse', '--show-toplevel')
  return {
    repository: withoutCredentials(git(folder, 'config', '--get', 'remote.origin.url')) || basename(top || folder),
    path: top === '' ? file : relative(top, `${folder}/${file}`) || file,
    commit: git(folder, 'rev-parse', 'HEAD'),
  }
}

/** Empty if the folder is in no repository, or Git is not installed. */
function git(folder: string, ...command: string[]): string {
  try {
    return execFileSync('git', ['-C', folder, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

/** A clone may have a token in its address, which nobody else may see. */
function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol)) return address
  return Object.assign(url, { username: '', password: '' }).toString()
}
