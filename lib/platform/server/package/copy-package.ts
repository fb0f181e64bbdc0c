import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkout } from '../environment'
import { PlainError } from '../plain-error'

type Manifest = { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }

/**
 * Copies an installed package and its dependencies into a folder, to the same paths below node_modules. Optional
 * dependencies that are not installed (those of other platforms) are left out.
 */
export function copyPackage(name: string, folder: string, from = checkout, copied = new Set<string>()): void {
  const path = findInstalled(name, from)
  if (copied.has(path)) return
  copied.add(path)
  rmSync(join(folder, path), { recursive: true, force: true })
  const nested = join(checkout, path, 'node_modules')
  cpSync(join(checkout, path), join(folder, path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => source !== nested && !source.endsWith('.map'),
  })
  const manifest = JSON.parse(readFileSync(join(checkout, path, 'package.json'), 'utf8')) as Manifest
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    copyPackage(dependency, folder, join(checkout, path), copied)
  for (const dependency of Object.keys(manifest.optionalDependencies ?? {}))
    if (isInstalled(dependency, join(checkout, path))) copyPackage(dependency, folder, join(checkout, path), copied)
}

/** The path, relative to the checkout, at which a package in `from` finds the other package. */
function findInstalled(name: string, from: string): string {
  for (let folder = from; folder.startsWith(checkout); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate.slice(checkout.length + 1)
  }
  throw new PlainError(`The package ${name} is not installed. Run npm install, then create the package again.`)
}

function isInstalled(name: string, from: string): boolean {
  try {
    return findInstalled(name, from) !== ''
  } catch {
    return false
  }
}
