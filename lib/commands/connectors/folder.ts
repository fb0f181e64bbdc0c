import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hashOf } from '@/lib/imports/hash-of'
import { PlainError } from '@/lib/platform/server/plain-error'

/**
 * A folder with one document per connector, `acme.yaml`, and what they are based on, in `connectors.lock.json`. Both
 * belong into version control: the lock is how two clones notice that they changed the same connector.
 */

const lockName = 'connectors.lock.json'

const base = z.strictObject({
  /** Of the connector's document when it was last pulled or pushed. */
  documentHash: z.string(),
  /** Of the file at that time. */
  fileHash: z.string(),
  /** Of the connector's document that a pull wrote beside the file, to be merged into it. */
  theirsHash: z.string().optional(),
})
const lockSchema = z.record(z.string(), base)
type Base = z.infer<typeof base>

export class Folder {
  readonly path: string
  readonly #lock: Record<string, Base>

  constructor(path: string) {
    this.path = path
    this.#lock = readLock(join(path, lockName))
  }

  /** The keys of the connectors that have a file. */
  keys(): string[] {
    if (!existsSync(this.path)) return []
    return readdirSync(this.path)
      .flatMap((name) => /^([a-z0-9][a-z0-9-]*)\.yaml$/.exec(name)?.[1] ?? [])
      .sort()
  }

  read(key: string): string | null {
    const file = this.#fileOf(key)
    return existsSync(file) ? readFileSync(file, 'utf8') : null
  }

  /** The hash of the connector's document that the file is based on: after a merge, that of the merged one. */
  baseOf(key: string): string | null {
    const known = this.#lock[key]
    return known?.theirsHash ?? known?.documentHash ?? null
  }

  /** Whether a pull has written a document that is still to be merged. */
  isUnmerged(key: string): boolean {
    return existsSync(this.#fileOf(`${key}.theirs`))
  }

  /** Whether the file is as it was when it was last pulled or pushed. */
  isUnchanged(key: string): boolean {
    const [text, known] = [this.read(key), this.#lock[key]]
    return text !== null && known !== undefined && hashOf(text) === known.fileHash
  }

  write(key: string, text: string): void {
    mkdirSync(this.path, { recursive: true })
    replaceFile(this.#fileOf(key), text)
  }

  /** Writes the connector's document beside a file that was changed too. The person merges it, and deletes it. */
  writeTheirs(key: string, text: string, documentHash: string): void {
    this.write(`${key}.theirs`, text)
    const known = this.#lock[key] ?? { documentHash, fileHash: '' }
    this.#note(key, { ...known, theirsHash: documentHash })
  }

  /**
   * Notes that a text of the file and the connector are the same.
   * @param text as it was pulled or pushed; the file may have been changed since
   */
  settle(key: string, documentHash: string, text: string): void {
    this.#note(key, { documentHash, fileHash: hashOf(text) })
  }

  #note(key: string, known: Base): void {
    this.#lock[key] = known
    const sorted = Object.entries(this.#lock).sort(([one], [other]) => (one < other ? -1 : 1))
    replaceFile(join(this.path, lockName), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  }

  #fileOf(key: string): string {
    return join(this.path, `${key}.yaml`)
  }
}

/** A command that is stopped leaves the old file or the new one, never half of one. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

function readLock(file: string): Record<string, Base> {
  if (!existsSync(file)) return {}
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new PlainError(`${file} cannot be read. Solve its merge conflict, or delete it and pull again.`)
  }
}
