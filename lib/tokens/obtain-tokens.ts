import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { GrantInput } from '@/lib/domain/oauth2/grant-fields'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import type { TokenFailure } from '@/lib/domain/oauth2/token-failure'
import type { TokenGrant } from '@/lib/domain/oauth2/token-response'
import { exchangeSteps } from '@/lib/domain/oauth2/token-settings'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { SecretBook } from '@/lib/domain/secret-book'
import { addSecretsAmong } from '@/lib/credentials/stored-values'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'
import { exchange, longestTokenResponse, type Exchanged } from '@/lib/exchange/exchange'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { runLookups } from './run-lookups'
import type { NewTokens } from './new-tokens'
import { logOf } from './log-token-response'
import { named, notAnswered, notBuilt, refusedBy, type ObtainFailure } from './obtain-failure'
import { readStep, readTokens } from './token-questions'

/** Sends the token requests of a method, in order, for every purpose. No other code requests tokens. */

export type ObtainGrant = Exclude<GrantInput, { kind: 'revoke' }>

export type ObtainedTokens = {
  tokens: NewTokens
  obtainedAt: Date
  /** Status of the last response. */
  status: number
  /** Keys that an after-connect lookup should have found but did not. */
  missed: string[]
  lookupProblem: string | null
}

export type Obtained = Result<ObtainedTokens, ObtainFailure>

export type ObtainOptions = {
  /** The clock that lifetimes are counted by, read when the response has arrived. */
  now: () => Date | Promise<Date>
  signal?: AbortSignal
  /** Timeout for all token requests together. Without it, each one has the method's timeout. */
  timeoutMs?: number
  /** Checks the first request before it is sent. */
  check?: (built: BuiltRequest) => Result<null>
}

type Run = {
  credentials: Credentials
  grant: ObtainGrant
  cause: Cause
  options: ObtainOptions
  /** Shared by all requests: a secret from one response is redacted in the log lines of the others too. */
  secrets: SecretBook
  began: number
  responses: OutboundResponse[]
  steps: Map<string, string>
}

/**
 * Runs the token requests and then, unless this is a refresh, the after-connect lookups. A refreshed token has to be
 * stored as soon as possible (PRODUCT: OAuth 2 journey, step 6). Stores nothing.
 */
export async function obtainTokens(
  credentials: Credentials,
  grant: ObtainGrant,
  cause: Cause,
  options: ObtainOptions,
): Promise<Obtained> {
  const run: Run = {
    credentials,
    grant,
    cause,
    options,
    secrets: new SecretBook(),
    began: performance.now(),
    responses: [],
    steps: new Map(),
  }
  const steps = stepsOf(run)
  for (const [index, step] of steps.entries()) {
    const answered = await runStep(run, step, index === steps.length - 1)
    if (!answered.ok) return { ok: false, error: named(answered.error, index, steps.length) }
    if (answered.value !== null) return succeed(await finish(run, answered.value))
  }
  throw new Error('the last token request was read as an earlier one')
}

/** A refresh is one request. A method without token requests fails later because its URL is missing. */
function stepsOf({ grant, credentials }: Run): number[] {
  const steps = grant.kind === 'refresh' ? [] : exchangeSteps(credentials.method).map(({ step }) => step)
  return steps.length === 0 ? [0] : steps
}

type Read = { grant: TokenGrant; obtainedAt: Date }

/** Null if this was not the last request. */
async function runStep(run: Run, step: number, isLast: boolean): Promise<Result<Read | null, ObtainFailure>> {
  const { credentials, grant, cause, options } = run
  const { connector, method, values, confirmedOrigins } = credentials
  const context = { reserved: reservedValues({}), signer, steps: run.steps, secrets: run.secrets }
  const built = buildTokenRequest({ connector, method, values, grant, step, context, confirmedOrigins })
  if (!built.ok) return notBuilt(built.error)
  const checked = run.responses.length === 0 ? (options.check?.(built.value) ?? succeed(null)) : succeed(null)
  if (!checked.ok) return notBuilt(checked.error)
  const purpose = grant.kind === 'refresh' ? 'refresh' : 'exchange'
  return exchange(
    credentials,
    built.value,
    contextOf(credentials, purpose, cause),
    {
      timeoutMs: timeLeft(run),
      signal: options.signal,
      followRedirects: false,
      maxResponseBytes: longestTokenResponse,
    },
    (exchanged) => readAnswer(run, { ...exchanged, built: built.value, step, isLast }),
  )
}

type Answered = Exchanged & { built: BuiltRequest; step: number; isLast: boolean }

async function readAnswer(
  run: Run,
  { outcome, log, built, step, isLast }: Answered,
): Promise<Result<Read | null, ObtainFailure>> {
  if (!outcome.ok) {
    await log()
    return notAnswered(outcome)
  }
  run.responses.push(outcome.response)
  const read = isLast ? await readLast(run) : await readBetween(run, step)
  await log(await logOf(outcome.response))
  return read.ok ? read : refusedBy(run.credentials.method, built, outcome.response, read.error)
}

function timeLeft({ options, began, credentials }: Run): number {
  if (options.timeoutMs === undefined) return credentials.method.timeoutSeconds * 1000
  return Math.max(1, Math.ceil(options.timeoutMs - (performance.now() - began)))
}

async function readLast(run: Run): Promise<Result<Read, TokenFailure>> {
  const { connector, method, values } = run.credentials
  const obtainedAt = await run.options.now()
  const phase = run.grant.kind === 'refresh' ? 'refresh' : 'exchange'
  const { responses, secrets } = run
  const asked = await askAboutBody(
    readTokens,
    { connector, method, values, phase, responses, secrets: secrets.texts(), now: obtainedAt },
    { bodies: responses.map(({ body }) => body) },
  )
  if (!asked.ok) return notRead(run, asked.error)
  const read = asked.value
  if (!read.ok) return read
  const { accessToken, refreshToken, stored } = read.value
  run.secrets.addWhole(accessToken)
  run.secrets.addWhole(refreshToken)
  addSecretsAmong(stored, run.secrets)
  return succeed({ grant: read.value, obtainedAt })
}

async function readBetween(run: Run, step: number): Promise<Result<null, TokenFailure>> {
  const { connector, method, values } = run.credentials
  const { responses, secrets } = run
  const asked = await askAboutBody(
    readStep,
    { connector, method, values, responses, secrets: secrets.texts() },
    { bodies: responses.map(({ body }) => body) },
  )
  if (!asked.ok) return notRead(run, asked.error)
  const read = asked.value
  if (!read.ok) return read
  for (const [name, value] of read.value) {
    run.steps.set(`step${step + 1}.${name}`, value)
    // A value that one request passes to the next is usually a credential. An address is not, and is useful in the log.
    if (!/^https?:\/\//i.test(value)) run.secrets.addWhole(value)
  }
  return succeed(null)
}

/** Parsing the body took too long, so only the status is known. */
function notRead({ responses }: Run, refusal: Refusal): { ok: false; error: TokenFailure } {
  const status = responses.at(-1)?.status ?? 0
  return {
    ok: false,
    error: { ...refusal, status, oauthError: null, errors: [], isEmpty: false, outcome: 'could_not_tell' },
  }
}

async function finish(run: Run, { grant: read, obtainedAt }: Read): Promise<ObtainedTokens> {
  const { credentials, grant, cause } = run
  const accessToken = read.accessToken ?? (grant.kind === 'refresh' ? (grant.accessToken ?? '') : '')
  const tokens: NewTokens = { ...read, accessToken }
  const status = run.responses.at(-1)?.status ?? 0
  if (grant.kind === 'refresh') return { tokens, obtainedAt, status, missed: [], lookupProblem: null }
  const names = {
    access_token: accessToken,
    token_type: read.tokenType,
    ...(read.refreshToken !== null && { refresh_token: read.refreshToken }),
  }
  const { stored, missed, problem } = await runLookups(withStoredValues(credentials, read.stored), names, cause)
  const replaced = new Set(stored.map(({ key }) => key))
  return {
    tokens: { ...tokens, stored: [...read.stored.filter(({ key }) => !replaced.has(key)), ...stored] },
    obtainedAt,
    status,
    missed,
    lookupProblem: problem,
  }
}
