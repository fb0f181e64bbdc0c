import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { factsSchema, type CatalogueFacts } from './catalogue-facts'
import type { ConnectorDocument } from './document-schema'
import { checkDocument, readYaml } from './parse-document'

/** The connectors that come with Patchbay: one file each, with a connection document and where its facts come from. */

const folder = join(process.cwd(), 'lib/imports/catalogue')

export type Preset = { key: string; document: ConnectorDocument; facts: CatalogueFacts }

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

/**
 * A preset that cannot be read is a bug, so this throws. A test reads all of them.
 * @param latest the last day that the facts may name. Only the test gives it: an installation's clock may be wrong.
 */
export function presetOf(file: string, source: string, latest = '9999-12-31'): Preset {
  const plain = readYaml(source)
  if (!plain.ok) throw new Error(`${file}: ${plain.error.message}`)
  const { facts, ...document } = (plain.value ?? {}) as Record<string, unknown>
  const parsed = checkDocument(document, 'Not a connection document.')
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`)
  if (parsed.value.kind !== 'connector') throw new Error(`${file} is not a connector`)
  const checked = factsSchema(latest).safeParse(facts)
  if (!checked.success) throw new Error(`${file}: facts: ${z.prettifyError(checked.error)}`)
  return { key: file.replace(/\.yaml$/, ''), document: parsed.value, facts: checked.data }
}
