import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { zipLimits } from './source-limits'
import { Unreadable } from './unreadable'

/** The documents of a zip file: its path in the zip, and its bytes. */
export type ZipFiles = Map<string, Buffer>

const isDocument = (path: string) => /(?:\.(?:json|ya?ml)|(?:^|\/)[^./]+)$/i.test(path)
/** What macOS and editors add. */
const isExtra = (path: string) => /(?:^|\/)(?:__MACOSX|\.[^/]*)(?:\/|$)/.test(path)

/**
 * Unpacks JSON and YAML files into memory. Other files are not unpacked. yauzl refuses `../`, absolute paths and
 * backslashes, and compares the sizes while it unpacks. Each file is in memory once.
 * @throws Unreadable
 */
export async function unzip(bytes: Buffer): Promise<ZipFiles> {
  const zip = await opened(bytes)
  if (zip.entryCount > zipLimits.entries)
    throw new Unreadable(
      `This zip file has ${zip.entryCount.toLocaleString('en')} files. At most ${zipLimits.entries.toLocaleString('en')} can be read.`,
    )
  const files: ZipFiles = new Map()
  let total = 0
  for await (const entry of entriesOf(zip)) {
    const { fileName } = entry
    if (fileName.endsWith('/') || isExtra(fileName) || !isDocument(fileName)) continue
    if (entry.isEncrypted())
      throw new Unreadable(`“${fileName}” in this zip file is encrypted. Create the zip file without a password.`)
    const file = await unpacked(zip, entry, zipLimits.unpackedBytes - total)
    total += file.byteLength
    files.set(fileName, file)
  }
  return files
}

function opened(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (error, zip) =>
      error ? reject(refused(error)) : resolve(zip),
    ),
  )
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let count = 0; count < zip.entryCount; count += 1) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.removeAllListeners()
      zip.once('entry', resolve)
      zip.once('end', () => resolve(null))
      zip.once('error', (error) => reject(refused(error)))
      zip.readEntry()
    })
    if (entry === null) return
    yield entry
  }
}

async function unpacked(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  if (entry.uncompressedSize > most) throw tooLarge()
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (failure, stream) => {
      if (failure) return reject(refused(failure))
      const file = Buffer.alloc(entry.uncompressedSize)
      let filled = 0
      stream.on('data', (chunk: Buffer) => {
        if (filled + chunk.byteLength > file.byteLength) return void stream.destroy(tooLarge())
        chunk.copy(file, filled)
        filled += chunk.byteLength
      })
      stream.once('error', (error) => reject(refused(error)))
      stream.once('end', () => resolve(file.subarray(0, filled)))
    }),
  )
}

const tooLarge = () =>
  new Unreadable(
    `This zip file is larger than ${zipLimits.unpackedBytes / 1024 / 1024} MB when it is unpacked, so it was not read.`,
  )

/** yauzl explains in words of developers what is wrong. */
function refused(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error
  const reason = error instanceof Error ? error.message : String(error)
  if (/relative path|absolute path|invalid characters in fileName/i.test(reason))
    return new Unreadable('A file in this zip file has a path that leads out of it (“../” or “/”), so it was not read.')
  if (/too many bytes/i.test(reason)) return tooLarge()
  return new Unreadable('This zip file is damaged, or uses a compression that cannot be read. Create it again.')
}
