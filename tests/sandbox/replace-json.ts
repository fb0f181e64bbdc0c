import { renameSync, writeFileSync } from 'node:fs'

/** Replaces the file atomically, readable only by its owner: a crash leaves either the old or the new one. */
export function replaceJson(file: string, value: unknown): void {
  const draft = `${file}.new`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, file)
}
