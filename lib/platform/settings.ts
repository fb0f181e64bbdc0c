import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { parseKeyring } from './crypto/keyring'
import { allowEntryFault, parseAllowList } from './http/egress-policy'
import { readMailFrom } from './mail/mail-from'
import { mailExamples, mailVariables } from './mail/mail-variables'
import { readSmtpUrl, smtpUrlFault } from './mail/smtp-url'
import { quoted } from './quoted'

/**
 * The only schema of the settings. The launcher checks them before it starts anything, and the app reads them (env.ts).
 * `.env.example` lists every variable with its meaning. Messages never repeat the value of a secret.
 */

/** A check for `superRefine` or `transform`: returns the faults of the text. */
type Faults = (text: string) => (string | null)[]

const refuse = (context: z.RefinementCtx, faults: (string | null)[]) => {
  for (const message of faults) if (message !== null) context.addIssue({ code: 'custom', message })
}

const textWith = (faults: Faults) => z.string().superRefine((text, context) => refuse(context, faults(text)))

const port = (highest: number) =>
  textWith((text) => [
    /^\s*\d{1,5}\s*$/.test(text) && Number(text) >= 1 && Number(text) <= highest
      ? null
      : `${quoted(text)} is not a whole number from 1 to ${highest}.`,
  ]).transform(Number)

/** Splits at commas and blanks. */
const entriesOf = (text: string) => text.split(/[\s,]+/).filter((entry) => entry !== '')

const listOf = <Value>(faultOf: (entry: string) => string | null, read: (entries: string[]) => Value) =>
  textWith((text) => entriesOf(text).map(faultOf))
    .default('')
    .transform((text) => read(entriesOf(text)))

function addressFault(text: string): string | null {
  if (
    !/^https?:\/\/\S/i.test(text) ||
    !URL.canParse(text) ||
    !/^([\w.-]+|\[[\da-f:.]+\])$/i.test(new URL(text).hostname)
  )
    return `${quoted(text)} is not an address that begins with http:// or https://.`
  const { username, password, pathname, search, hash } = new URL(text)
  if (username || password) return `${quoted(text)} must not contain a user name or a password.`
  if (!/^\/+$/.test(pathname) || search || hash)
    return `${quoted(text)} must not contain a path: the app is at the root of its address.`
  return null
}

const unreadableDatabaseUrl =
  'It cannot be read as the address of a database. In the user name and the password, special characters such as ' +
  '# / ? @ % must be percent-encoded (# is %23), and the port is a number up to 65535.'

function databaseUrlFault(text: string): string | null {
  if (!/^postgres(ql)?:\/\//i.test(text)) return 'It is not an address that begins with postgres:// or postgresql://.'
  // Postgres also accepts `postgres://user@/database`, which is not a valid URL.
  const address = text.replace('@/', '@localhost/')
  if (!URL.canParse(address)) return unreadableDatabaseUrl
  const { username, password, hostname, pathname, search, hash, searchParams } = new URL(address)
  if (hash || /@/.test(pathname + search) || ![username, password, hostname, pathname].every(isPercentEncoded))
    return unreadableDatabaseUrl
  const unreadable = ['sslcert', 'sslkey', 'sslrootcert'].filter((name) => !isReadable(searchParams.get(name)))
  return unreadable.length === 0 ? null : `The file of ${unreadable.join(' and ')} cannot be read.`
}

/** pg encodes a single percent sign itself, but refuses bytes that are not UTF-8. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}

function isReadable(file: string | null): boolean {
  try {
    if (file) accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** Why this process cannot write to the folder, or to the part of its path that exists. */
function folderFault(text: string): string | null {
  const existing = nearestExisting(resolve(text))
  if (!statSync(existing).isDirectory()) return `${quoted(existing)} is not a folder.`
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
    return null
  } catch {
    return `This user may not write to ${quoted(existing)}.`
  }
}

function nearestExisting(path: string): string {
  return statsOf(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}

function statsOf(path: string) {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** @see OpenID Connect Discovery 1.0 §3: https, without a query; http only for a provider on this machine */
function issuerFault(text: string): string | null {
  if (!/^https?:\/\/\S/i.test(text) || !URL.canParse(text))
    return `${quoted(text)} is not an address that begins with https://.`
  const { protocol, hostname, username, password, search, hash } = new URL(text)
  if (username || password || search || hash)
    return `${quoted(text)} must be an address without a user name or a query.`
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return protocol === 'https:' || isLoopback ? null : `${quoted(text)} must begin with https://.`
}

/** @see RFC 6749, Appendix A.1 and A.2 */
function clientFault(text: string): string | null {
  return /^[\x20-\x7e]{1,1000}$/.test(text) ? null : 'It must have only letters, digits and signs of ASCII.'
}

function nameFault(text: string): string | null {
  if (text.length > 60) return 'It must have at most 60 characters.'
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? 'It must be one line.' : null
}

function domainFault(text: string): string | null {
  return /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text) ? null : `${quoted(text)} is not a domain such as example.com.`
}

function sessionSecretFault(text: string): string | null {
  // `.env` files are not run by a shell, so the command itself would be the secret, which everybody knows.
  if (text.includes('$(')) return 'It must be what the command prints, not the command.'
  return text.trim().length < 32 ? 'It must have at least 32 characters.' : null
}

function metricsTokenFault(text: string): string | null {
  return /^[\x21-\x7e]{16,}$/.test(text) ? null : 'It must have at least 16 characters, without spaces.'
}

function mailFromFault(text: string): string | null {
  if (readMailFrom(text) !== null) return null
  return `${quoted(text)} is not an email address, such as patchbay@example.com or Patchbay <patchbay@example.com>.`
}

const keyring = z.string().transform((text, context) => {
  try {
    return parseKeyring(text)
  } catch (error) {
    refuse(context, [(error as Error).message])
    return z.NEVER
  }
})
const sessionSecret = textWith((text) => [sessionSecretFault(text)])
const databaseUrl = textWith((text) => [databaseUrlFault(text)])
const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const

const shared = {
  PORT: port(65_535).default(3000),
  /**
   * The address that people use. Default: http://localhost:PORT, and the server listens only on 127.0.0.1 until set-up
   * is done.
   */
  APP_URL: textWith((text) => [addressFault(text)]).optional(),
  /** Further public addresses of this installation, each with its own redirect URI. */
  PATCHBAY_PUBLIC_URLS: listOf(addressFault, (urls) => urls),
  /** CIDR ranges (or host:port, for the app's own ports) that outbound requests may reach although they are private. */
  PATCHBAY_OUTBOUND_ALLOW: listOf(allowEntryFault, parseAllowList),
  PATCHBAY_LOG_LEVEL: z
    .enum(levels, {
      error: ({ input }) => `${quoted(String(input))} is not one of debug, info, warn, error or silent.`,
    })
    .default('info'),
  /** The token that a program has to send to read /metrics. Default: only this machine can read them. */
  PATCHBAY_METRICS_TOKEN: textWith((text) => [metricsTokenFault(text)]).optional(),
  /** The OpenID Connect provider of single sign-on. Without it, people sign in with a password only. */
  PATCHBAY_OIDC_ISSUER: textWith((text) => [issuerFault(text)]).optional(),
  PATCHBAY_OIDC_CLIENT_ID: textWith((text) => [clientFault(text)]).default('patchbay'),
  /** Without it, Patchbay is a public client. */
  PATCHBAY_OIDC_CLIENT_SECRET: textWith((text) => [clientFault(text)]).optional(),
  /** On the button: *Sign in with Example*. */
  PATCHBAY_OIDC_NAME: textWith((text) => [nameFault(text)]).default('single sign-on'),
  /** People with an email of these domains need no invitation. */
  PATCHBAY_OIDC_EMAIL_DOMAINS: listOf(domainFault, (domains) => domains.map((domain) => domain.toLowerCase())),
  /** The role of people who come without an invitation. */
  PATCHBAY_OIDC_ROLE: z
    .enum(roles, {
      error: ({ input }) => `${quoted(String(input))} is not one of ${roles.join(', ')}.`,
    })
    .default('read_only'),
  /** The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Default: no mail is sent. */
  PATCHBAY_SMTP_URL: textWith((text) => [smtpUrlFault(text)])
    .transform(readSmtpUrl)
    .optional(),
  PATCHBAY_SMTP_URL_FILE: z.string().optional(),
  /** The sender of all mail. */
  PATCHBAY_MAIL_FROM: textWith((text) => [mailFromFault(text)])
    .transform((text) => readMailFrom(text)!)
    .optional(),
  PATCHBAY_MAIL_FROM_FILE: z.string().optional(),
  /** Where `npm run sandbox` listens (it and the two ports after it). */
  SANDBOX_PORT: port(65_533).default(4010),
}

/** With the built-in database, the secrets are generated at the first start. */
const withBuiltIn = z.object({
  ...shared,
  DATABASE_URL: z.undefined().optional(),
  PATCHBAY_DATA_DIR: textWith((text) => [folderFault(text)]).optional(),
  PATCHBAY_ENCRYPTION_KEYS: keyring.optional(),
  PATCHBAY_SESSION_SECRET: sessionSecret.optional(),
})

/** With another database, every process needs the same secrets, so they have to be set. */
export const withDatabase = z.object({
  ...shared,
  DATABASE_URL: databaseUrl,
  PATCHBAY_DATA_DIR: z.string().optional(),
  /** `kid:base64,kid:base64,…`, 32 bytes each; the first seals, all open. */
  PATCHBAY_ENCRYPTION_KEYS: keyring,
  /** Signs session cookies; shared by all processes. */
  PATCHBAY_SESSION_SECRET: sessionSecret,
})

const examples = {
  PORT: '3000',
  APP_URL: 'https://patchbay.example.com',
  PATCHBAY_PUBLIC_URLS: 'https://patchbay-staging.example.com',
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  PATCHBAY_DATA_DIR: '.patchbay',
  PATCHBAY_ENCRYPTION_KEYS: `main:$(node -p "require('crypto').randomBytes(32).toString('base64')")`,
  PATCHBAY_SESSION_SECRET: `$(node -p "require('crypto').randomBytes(32).toString('base64url')")`,
  PATCHBAY_OUTBOUND_ALLOW: '10.1.0.0/16,db.internal:5432',
  PATCHBAY_LOG_LEVEL: 'info',
  PATCHBAY_METRICS_TOKEN: 'a-long-random-text',
  PATCHBAY_OIDC_ISSUER: 'https://login.example.com',
  PATCHBAY_OIDC_CLIENT_ID: 'patchbay',
  PATCHBAY_OIDC_CLIENT_SECRET: 'the-secret-of-the-client',
  PATCHBAY_OIDC_NAME: 'Example',
  PATCHBAY_OIDC_EMAIL_DOMAINS: 'example.com',
  PATCHBAY_OIDC_ROLE: 'read_only',
  ...mailExamples,
  PATCHBAY_SMTP_URL_FILE: '/run/secrets/patchbay-smtp-url',
  PATCHBAY_MAIL_FROM_FILE: '/run/secrets/patchbay-mail-from',
  SANDBOX_PORT: '4010',
  // The launcher sets these three for the app.
  NODE_ENV: 'production',
  PATCHBAY_BUILT_IN_DATABASE: 'true',
  PATCHBAY_SANDBOX: 'true',
} satisfies Record<keyof z.output<typeof withDatabase>, string> & Record<string, string>

const missing =
  'It is missing. DATABASE_URL and the two secrets belong together: every process on a database needs the same values.'

/** The settings of a start, with the built-in or another database. */
export type Settings = z.output<typeof withBuiltIn> | z.output<typeof withDatabase>
/** A sentence about a wrong variable, and how it is set: `PORT=3000`. */
export type SettingProblem = { name: string; message: string; example: string }
export type Reading<Value> = { ok: true; settings: Value } | { ok: false; problems: SettingProblem[] }

type Variables = Record<string, string | undefined>

/** Reads the settings of a start. Does not throw; every wrong variable is a problem in the result. */
export function readSettings(variables: Variables): Reading<Settings> {
  return variables.DATABASE_URL ? readWith(withDatabase, variables) : readWith(withBuiltIn, variables)
}

/** Reads variables with a schema that is based on those of this file. An empty variable counts as not set. */
export function readWith<Schema extends z.ZodType>(schema: Schema, variables: Variables): Reading<z.output<Schema>> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '' && value !== undefined))
  const files = readFiles(set)
  const result = schema.safeParse({ ...set, ...files.values })
  if (result.success && files.problems.length === 0) return { ok: true, settings: result.data }
  const problems = result.success ? [] : result.error.issues.map((issue) => problemOf(issue, set, files.values))
  return { ok: false, problems: [...files.problems, ...problems] }
}

/** Reads the variables that may be in a file instead, which the variable with `_FILE` names (DATA §15). */
function readFiles(set: Variables): { values: Variables; problems: SettingProblem[] } {
  const values: Variables = {}
  const problems: SettingProblem[] = []
  for (const name of mailVariables) {
    const file = set[`${name}_FILE`]
    if (file === undefined) continue
    const text = set[name] === undefined ? textIn(file) : null
    if (text) values[name] = text
    else {
      const message = set[name] === undefined ? unreadableFile(file, text) : `${name} is set too. Set only one of them.`
      problems.push({ name: `${name}_FILE`, message, example: exampleOf(`${name}_FILE`) })
    }
  }
  return { values, problems }
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

function unreadableFile(file: string, text: string | null): string {
  return text === null ? `The file ${quoted(file)} cannot be read.` : `The file ${quoted(file)} is empty.`
}

function exampleOf(name: keyof typeof examples): string {
  return `${name}=${examples[name]}`
}

function problemOf({ path, message }: z.core.$ZodIssue, set: Variables, inFiles: Variables): SettingProblem {
  const name = String(path[0]) as keyof typeof examples
  if (name in inFiles) {
    const variable = `${name}_FILE` as keyof typeof examples
    return { name: variable, message: `The text in its file is wrong. ${message}`, example: exampleOf(variable) }
  }
  return { name, message: name in set ? message : missing, example: exampleOf(name) }
}

/** All problems as text for the terminal. */
export function describeProblems(problems: readonly SettingProblem[]): string {
  const heading = problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`
  return [
    `${heading}. The file .env.example explains every setting.`,
    ...problems.map(({ name, message, example }) => `  ${name}: ${message}\n    Example: ${example}`),
  ].join('\n\n')
}
