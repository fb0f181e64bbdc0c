import { renameSync, writeFileSync } from 'node:fs'

/** Replaces the file as a whole, readable by its owner only: a crash leaves the old one or the new one. */
export function replaceJson(file: string, value: unknown): void {
  const draft = `${file}.new`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, file)
}
