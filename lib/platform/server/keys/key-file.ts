import { appendFileSync, chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { replaceFile } from '../data-folder'
import { PlainError } from '../plain-error'
import { keysFile, newEncryptionKey } from '../secrets'

/** Removed keys, for backups that were made while they were in use. */
export const removedKeysFile = 'encryption-keys.removed'

const nameOf = (entry: string) => entry.slice(0, entry.indexOf(':'))

/**
 * Adds a new key in front of those in the file of the data folder. Running processes continue with their keys.
 * @param session on the database of this data folder, whose lock serialises changes of the file
 * @returns the name of the new key
 */
export async function addKey(session: Client, dataFolder: string): Promise<string> {
  return changeFile(session, dataFolder, (entries) => {
    let entry = newEncryptionKey()
    while (entries.some((other) => nameOf(other) === nameOf(entry))) entry = newEncryptionKey()
    return { entries: [entry, ...entries], result: nameOf(entry) }
  })
}

/** Moves a key from the file of the data folder to another file. The caller must check whether it is still needed. */
export async function removeKey(session: Client, dataFolder: string, kid: string): Promise<void> {
  await changeFile(session, dataFolder, (entries) => {
    const removed = entries.find((entry) => nameOf(entry) === kid)
    if (removed === undefined) throw new PlainError(`The file ${join(dataFolder, keysFile)} has no key “${kid}”.`)
    const path = join(dataFolder, removedKeysFile)
    appendFileSync(path, `${removed}\n`, { mode: 0o600 })
    chmodSync(path, 0o600)
    return { entries: entries.filter((entry) => entry !== removed), result: null }
  })
}

async function changeFile<T>(
  session: Client,
  dataFolder: string,
  change: (entries: string[]) => { entries: string[]; result: T },
): Promise<T> {
  await session.query(`SELECT pg_advisory_lock(hashtextextended('patchbay encryption-keys', 0))`)
  try {
    const entries = readFileSync(join(dataFolder, keysFile), 'utf8')
      .split(',')
      .map((entry) => entry.trim())
    const { entries: changed, result } = change(entries)
    replaceFile(dataFolder, keysFile, changed.join(','))
    return result
  } finally {
    await session.query(`SELECT pg_advisory_unlock(hashtextextended('patchbay encryption-keys', 0))`).catch(() => {})
  }
}
