import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { isObject } from '@/lib/domain/is-object'

/** An OpenAPI document of a folder; `name` is relative to it. */
export type BenchDocument = { name: string; path: string }

const readable = /\.(?:json|ya?ml)$/i

/** Every JSON and YAML file below the folder. */
export function filesOf(folder: string): BenchDocument[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readable.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => ({ path, name: relative(folder, path) }))
}

/** Throws where the text is neither JSON nor YAML. */
export function parseText(path: string, text: string): unknown {
  if (/\.json$/i.test(path)) return JSON.parse(text)
  return parseDocument(text, { schema: 'core', uniqueKeys: false, prettyErrors: false }).toJS({ maxAliasCount: 10_000 })
}

/** A part of a document of several files names no version. */
export function isOpenApi(document: unknown): document is Record<string, unknown> {
  return isObject(document) && (typeof document.openapi === 'string' || typeof document.swagger === 'string')
}

/** Finds the other files of a document in the same folder. */
export function resolverIn(folder: string, path: string) {
  const read = new Map<string, unknown>()
  return (uri: string, from: string) => {
    const target = resolve(dirname(from === '' ? path : join(folder, from)), uri)
    const file = relative(folder, target)
    if (/^[a-z][a-z0-9+.-]*:/i.test(uri) || file.startsWith('..') || !existsSync(target)) return null
    if (!read.has(file)) read.set(file, parseText(target, readFileSync(target, 'utf8')))
    return { file, document: read.get(file) }
  }
}
