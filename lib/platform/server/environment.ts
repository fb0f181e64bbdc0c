import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeProblems, readSettings, type Settings } from '@/lib/platform/settings'
import { PlainError } from './plain-error'

/** The checkout: npm scripts run in it. */
export const checkout = process.cwd()

const { patchbay } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
  patchbay?: { packagedFor: string }
}

/** The platform of a folder that `npm run package` made, in which nothing is generated or built. Null in a checkout. */
export const packagedFor = patchbay?.packagedFor ?? null

/** The platform of this machine, as packages with native parts name it. */
export const thisPlatform = `${process.platform}-${process.arch}`

/** Throws in a package for another platform, where native parts would fail. */
export function requirePlatform(): void {
  if (packagedFor === null || packagedFor === thisPlatform) return
  throw new PlainError(
    `This package is for ${packagedFor}, this machine is ${thisPlatform}.\nCreate one on a machine of this kind: npm run package -- FOLDER`,
  )
}

/** The settings of this start, checked before anything else. Throws a PlainError that names every wrong variable. */
export function loadSettings(): Settings {
  for (const name of ['.env.local', '.env']) loadFile(name)
  const reading = readSettings(process.env)
  if (reading.ok) return reading.settings
  throw new PlainError(`Patchbay has not started.\n\n${describeProblems(reading.problems)}`)
}

/** Adds the variables of a file to the environment, like Next: variables that are set already stay, also empty ones. */
function loadFile(name: string): void {
  const path = join(checkout, name)
  if (!existsSync(path)) return
  try {
    process.loadEnvFile(path)
  } catch (error) {
    throw new PlainError(`${path} cannot be read: ${(error as Error).message}`)
  }
}
