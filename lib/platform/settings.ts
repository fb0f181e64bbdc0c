import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'
import { parseKeyring } from './crypto/keyring'
import { allowEntryFault, parseAllowList } from './http/egress-policy'
import { readMailFrom } from './mail/mail-from'
import { mailExamples, mailVariables } from './mail/mail-variables'
import { readSmtpUrl, smtpUrlFault } from './mail/smtp-url'
import { quoted } from './quoted'
import {
  addressFault,
  clientFault,
  databaseUrlFault,
  domainFault,
  folderFault,
  issuerFault,
  mailFromFault,
  metricsTokenFault,
  nameFault,
  originFault,
  sessionSecretFault,
} from './setting-faults'

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

const wholeNumber = (highest: number, lowest = 1) =>
  textWith((text) => [
    /^\s*\d{1,9}\s*$/.test(text) && Number(text) >= lowest && Number(text) <= highest
      ? null
      : `${quoted(text)} is not a whole number from ${lowest} to ${highest}.`,
  ]).transform(Number)

/** Splits at commas and blanks. */
const entriesOf = (text: string) => text.split(/[\s,]+/).filter((entry) => entry !== '')

const listOf = <Value>(faultOf: (entry: string) => string | null, read: (entries: string[]) => Value) =>
  textWith((text) => entriesOf(text).map(faultOf))
    .default('')
    .transform((text) => read(entriesOf(text)))

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
  PORT: wholeNumber(65_535).default(3000),
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
  /** How many workers `npm start` starts beside the app. */
  PATCHBAY_WORKERS: wholeNumber(8, 0).default(1),
  /** The token that a program has to send to read /metrics. Default: only this machine can read them. */
  PATCHBAY_METRICS_TOKEN: textWith((text) => [metricsTokenFault(text)]).optional(),
  /** How many requests of one API key each process accepts in a minute; calls of endpoints are not counted. */
  PATCHBAY_API_REQUESTS_PER_MINUTE: wholeNumber(1_000_000).default(1_200),
  /** Origins of other sites whose pages may use the API, with a key. */
  PATCHBAY_API_CORS_ORIGINS: listOf(originFault, (origins) => origins.map((text) => new URL(text).origin)),
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
  SANDBOX_PORT: wholeNumber(65_533).default(4010),
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
  PATCHBAY_WORKERS: '1',
  PATCHBAY_METRICS_TOKEN: 'a-long-random-text',
  PATCHBAY_API_REQUESTS_PER_MINUTE: '1200',
  PATCHBAY_API_CORS_ORIGINS: 'https://orders.example.com',
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
