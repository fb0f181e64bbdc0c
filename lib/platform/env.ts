import { z } from 'zod'

/** The only reader of `process.env` for the running app. `.env.example` lists every variable with its meaning. */

const list = (separator: RegExp) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(separator)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )

const httpUrl = z.url({ protocol: /^https?$/ })

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.string().min(1),
  /** Set by the launcher: the database is the built-in one. */
  PATCHBAY_BUILT_IN_DATABASE: z.stringbool().default(false),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** The address people use. Unset: http://localhost:PORT, and the server listens on 127.0.0.1 until set-up is done. */
  APP_URL: httpUrl.optional(),
  /** Further public addresses of this installation, each with its own redirect URI. */
  PATCHBAY_PUBLIC_URLS: list(/[\s,]+/).pipe(z.array(httpUrl)),
  PATCHBAY_DATA_DIR: z.string().optional(),
  /** `kid:base64,kid:base64,…`, 32 bytes each; the first seals, all open. */
  PATCHBAY_ENCRYPTION_KEYS: z.string().min(1),
  /** Signs session cookies; shared by all processes. */
  PATCHBAY_SESSION_SECRET: z.string().min(32),
  /** CIDR ranges (or host:port, for the app's own ports) that outbound requests may reach although they are private. */
  PATCHBAY_OUTBOUND_ALLOW: list(/[\s,]+/),
  /** Where `npm run sandbox` listens (it and the two ports after it). */
  SANDBOX_PORT: z.coerce.number().int().min(1).max(65_533).default(4010),
  PATCHBAY_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = Omit<z.infer<typeof schema>, 'APP_URL'> & { APP_URL: string; appUrlIsSet: boolean }

let parsed: Env | undefined

/** Parsed once, on first use. Throws an error that names every wrong variable. */
export function env(): Env {
  if (parsed) return parsed
  // A variable that is set to nothing counts as not set: `APP_URL=` in a file means "the default".
  const result = schema.safeParse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')))
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not complete (see .env.example):\n${lines.join('\n')}`)
  }
  const { APP_URL, ...rest } = result.data
  parsed = {
    ...rest,
    APP_URL: (APP_URL ?? `http://localhost:${rest.PORT}`).replace(/\/+$/, ''),
    appUrlIsSet: APP_URL !== undefined,
  }
  return parsed
}
