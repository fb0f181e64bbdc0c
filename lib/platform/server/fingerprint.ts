import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkout } from './environment'

/**
 * A hash of files and folders of the checkout, the version of Node and the platform. If it is equal, a build would have
 * the same result.
 */
export function fingerprint(paths: string[], without: string[] = []): string {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`)
  const excluded = new Set(without.map((path) => join(checkout, path)))
  for (const path of paths)
    for (const file of filesBelow(join(checkout, path), excluded))
      hash.update(`${relative(checkout, file)}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(path: string, excluded: Set<string>): string[] {
  if (excluded.has(path) || !existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name), excluded))
}
