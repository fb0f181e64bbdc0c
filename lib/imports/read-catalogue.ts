import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseConnectionDocument } from './parse-document'
import type { ConnectorDocument } from './document-schema'

/** The connectors that come with Patchbay: one file with a connection document each. */

const folder = join(process.cwd(), 'lib/imports/catalogue')

export type Preset = { key: string; document: ConnectorDocument }

let read: Promise<Preset[]> | null = null

/** Sorted by name. They only change with the code, so they are read once. */
export function readCatalogue(): Promise<Preset[]> {
  read ??= readAll().catch((error: unknown) => {
    read = null
    throw error
  })
  return read
}

async function readAll(): Promise<Preset[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
  const presets = await Promise.all(
    files.map(async (name) => presetOf(name, await readFile(join(folder, name), 'utf8'))),
  )
  return presets.sort((one, other) => one.document.name.localeCompare(other.document.name, 'en'))
}

/** A preset that cannot be read is a bug, so this throws. A test reads all of them. */
export function presetOf(file: string, source: string): Preset {
  const parsed = parseConnectionDocument(source)
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`)
  if (parsed.value.kind !== 'connector') throw new Error(`${file} is not a connector`)
  return { key: file.replace(/\.yaml$/, ''), document: parsed.value }
}
