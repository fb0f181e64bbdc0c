import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The checkout: npm scripts run in it. */
export const checkout = process.cwd()

/**
 * Completes the environment from `.env.local` and `.env`, as Next does; what is set already wins, and a variable that
 * is set to nothing counts as not set.
 */
export function loadEnvironment(): void {
  dropEmpty()
  for (const name of ['.env.local', '.env']) {
    const path = join(checkout, name)
    if (existsSync(path)) process.loadEnvFile(path)
    dropEmpty()
  }
}

function dropEmpty(): void {
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]
}
