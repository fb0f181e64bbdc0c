import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The checkout: npm scripts run in it. */
export const checkout = process.cwd()

/** Completes the environment from `.env.local` and `.env`, as Next does: what is set already wins, to nothing too. */
export function loadEnvironment(): void {
  for (const name of ['.env.local', '.env']) {
    const path = join(checkout, name)
    if (existsSync(path)) process.loadEnvFile(path)
  }
}

/** A variable of the environment; one that is set to nothing counts as not set. */
export function setting(name: string): string | undefined {
  return process.env[name] || undefined
}
