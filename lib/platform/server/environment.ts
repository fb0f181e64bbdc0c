import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describeProblems, readSettings, type Settings } from '@/lib/platform/settings'
import { PlainError } from './plain-error'

/** The checkout: npm scripts run in it. */
export const checkout = process.cwd()

/**
 * The settings of this start, checked before anything else is done. Throws one PlainError that names every wrong
 * variable.
 */
export function loadSettings(): Settings {
  for (const name of ['.env.local', '.env']) loadFile(name)
  const reading = readSettings(process.env)
  if (reading.ok) return reading.settings
  throw new PlainError(`Patchbay has not started.\n\n${describeProblems(reading.problems)}`)
}

/** Completes the environment, as Next does: what is set already wins, to nothing too. */
function loadFile(name: string): void {
  const path = join(checkout, name)
  if (!existsSync(path)) return
  try {
    process.loadEnvFile(path)
  } catch (error) {
    throw new PlainError(`${path} cannot be read: ${(error as Error).message}`)
  }
}
