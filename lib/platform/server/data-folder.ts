import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { checkout } from './environment'
import { PlainError } from './plain-error'

/** The folder of the built-in database and the generated secrets: PATCHBAY_DATA_DIR, created if it is missing. */
export function openDataFolder(path = '.patchbay'): string {
  const folder = resolve(checkout, path)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 })
  } catch (error) {
    throw new PlainError(
      `The data folder ${folder} cannot be created: ${(error as Error).message}\nSet PATCHBAY_DATA_DIR to a folder that you may write to.`,
    )
  }
  return folder
}

/**
 * Reads a small file that only its owner may read, or creates it. If several processes start at the same time, one
 * creates it and all read the same content.
 */
export function readOrCreate(folder: string, name: string, make: () => string): string {
  const path = join(folder, name)
  const existing = readIfThere(path)
  if (existing !== null) return existing
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  writeFileSync(draft, `${make()}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readIfThere(path) ?? ''
}

/** Replaces such a file atomically, so that a crash leaves either the old or the new one. It keeps its owner. */
export function replaceFile(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${text}\n`)
    const { uid, gid } = statSync(path)
    if (process.getuid?.() === 0) fchownSync(file, uid, gid)
    fsyncSync(file)
    renameSync(draft, path)
  } finally {
    closeSync(file)
    rmSync(draft, { force: true })
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code === 'EACCES')
      throw new PlainError(
        `${path} belongs to another user. Start as that user, or set PATCHBAY_DATA_DIR to a folder of your own.`,
      )
    throw error
  }
}
