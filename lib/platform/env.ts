import { z } from 'zod'
import { describeProblems, readWith, withDatabase } from './settings'

/** The only reader of `process.env` for the running app. */

const schema = withDatabase.extend({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Set by the launcher: the database is the built-in one. */
  PATCHBAY_BUILT_IN_DATABASE: z.stringbool().default(false),
  /** Set by the launcher: it can start the sandbox. */
  PATCHBAY_SANDBOX: z.stringbool().default(false),
})

export type Env = Omit<z.output<typeof schema>, 'APP_URL'> & {
  APP_URL: string
  /** Whether APP_URL was set: only then a request must come for it. */
  isAddressSet: boolean
}

let parsed: Env | undefined

/** Parsed once, on first use. Throws an error that names every wrong variable. */
export function env(): Env {
  if (parsed) return parsed
  const reading = readWith(schema, process.env)
  if (!reading.ok) throw new Error(describeProblems(reading.problems))
  const { APP_URL, ...rest } = reading.settings
  parsed = {
    ...rest,
    isAddressSet: APP_URL !== undefined,
    APP_URL: (APP_URL ?? `http://localhost:${rest.PORT}`).replace(/\/+$/, ''),
  }
  return parsed
}
