import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import { headerOf } from '@/lib/domain/answers/answer'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import { grantSecrets, type GrantInput } from '@/lib/domain/oauth2/grant-fields'
import { isDeadGrant } from '@/lib/domain/oauth2/refresh-rule'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readStepAnswer, readTokenAnswer, type TokenFailure, type TokenGrant } from '@/lib/domain/oauth2/token-response'
import { exchangeSteps } from '@/lib/domain/oauth2/token-settings'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/platform/http/send'
import { withKeptValues, type Credentials } from '@/lib/credentials/credentials'
import { exchange, longestTokenAnswer } from '@/lib/exchange/exchange'
import { maskTokenAnswer } from './mask-token-answer'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { runLookups } from './run-lookups'
import type { NewTokens } from './new-tokens'

/** The token requests of a method, in their order, whatever they are for: nothing else asks a third party for tokens. */

export type ObtainGrant = Exclude<GrantInput, { kind: 'revoke' }>

export type ObtainedTokens = {
  tokens: NewTokens
  obtainedAt: Date
  /** Of the last answer. */
  status: number
  /** Keys that an after-connect lookup should have found. */
  missed: string[]
  lookupProblem: string | null
}

export type ObtainFailure = Refusal & {
  stage: 'building' | 'reaching_host' | 'getting_token'
  status: number | null
  outcome: 'rejected' | 'could_not_tell'
  /** The request may have done its work at the third party, but nobody knows. */
  outcomeUnknown: boolean
  /** What the tokens are asked for with will never work again. */
  grantDead: boolean
}

export type Obtained = Result<ObtainedTokens, ObtainFailure>

export type ObtainOptions = {
  /** By which lifetimes are counted, asked when the answer has come. */
  now: () => Date | Promise<Date>
  signal?: AbortSignal
  timeoutMs?: number
  /** May refuse the first request before it is sent. */
  check?: (built: BuiltRequest) => Result<null>
}

type Run = {
  credentials: Credentials
  grant: ObtainGrant
  cause: Cause
  options: ObtainOptions
  secrets: string[]
  answers: OutboundAnswer[]
  steps: Map<string, string>
}

/**
 * Runs the token requests, then the after-connect lookups where a connection begins: a refresh only has to be stored as
 * soon as it can be (PRODUCT: OAuth 2 journey, step 6). Stores nothing.
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
    secrets: [...credentials.secrets, ...grantSecrets(grant)],
    answers: [],
    steps: new Map(),
  }
  const steps = stepsOf(run)
  for (const [index, step] of steps.entries()) {
    const answered = await runStep(run, step, index === steps.length - 1)
    if (!answered.ok) return { ok: false, error: named(answered.error, index, steps.length) }
    if (answered.value !== null) return succeed(await finish(run, answered.value))
  }
  throw new Error('the last token request was read as one in between')
}

/** A refresh is one request; a method without a token request is refused for want of its URL. */
function stepsOf({ grant, credentials }: Run): number[] {
  const steps = grant.kind === 'refresh' ? [] : exchangeSteps(credentials.method).map(({ step }) => step)
  return steps.length === 0 ? [0] : steps
}

type Read = { grant: TokenGrant; obtainedAt: Date }

/** Null: the answer was one of those in between. */
async function runStep(run: Run, step: number, isLast: boolean): Promise<Result<Read | null, ObtainFailure>> {
  const { credentials, grant, cause, options } = run
  const { connector, method, values, confirmedOrigins } = credentials
  const context = { reserved: reservedValues({}), signer, steps: run.steps }
  const built = buildTokenRequest({ connector, method, values, grant, step, context, confirmedOrigins })
  if (!built.ok) return notBuilt(built.error)
  const checked = run.answers.length === 0 ? (options.check?.(built.value) ?? succeed(null)) : succeed(null)
  if (!checked.ok) return notBuilt(checked.error)
  run.secrets.push(...built.value.secrets)
  const purpose = grant.kind === 'refresh' ? 'refresh' : 'exchange'
  const timeoutMs = options.timeoutMs ?? method.timeoutSeconds * 1000
  const { outcome, log } = await exchange(credentials, built.value, contextOf(credentials, purpose, cause), {
    ...{ timeoutMs, signal: options.signal, followRedirects: false, maxAnswerBytes: longestTokenAnswer },
  })
  if (!outcome.ok) {
    await log({ secrets: run.secrets })
    return notAnswered(outcome)
  }
  run.answers.push(outcome.answer)
  const read = isLast ? await readLast(run) : readBetween(run, step)
  await log({ secrets: run.secrets, ...(outcome.answer.status < 400 && { answer: maskTokenAnswer(outcome.answer) }) })
  return read.ok ? read : refusedBy(run, built.value, outcome.answer, read.error)
}

async function readLast(run: Run): Promise<Result<Read, TokenFailure>> {
  const { connector, method, values } = run.credentials
  const obtainedAt = await run.options.now()
  const phase = run.grant.kind === 'refresh' ? 'refresh' : 'exchange'
  const read = readTokenAnswer({
    connector,
    method,
    values,
    phase,
    answers: run.answers,
    secrets: run.secrets,
    now: obtainedAt,
  })
  if (!read.ok) return read
  run.secrets.push(...secretsOfTokens(read.value))
  return succeed({ grant: read.value, obtainedAt })
}

function readBetween(run: Run, step: number): Result<null, TokenFailure> {
  const { connector, method, values } = run.credentials
  const read = readStepAnswer({ connector, method, values, answers: run.answers, secrets: run.secrets })
  if (!read.ok) return read
  for (const [name, value] of read.value) {
    run.steps.set(`step${step + 1}.${name}`, value)
    // What one request hands to the next is mostly a credential itself; an address is not, and says what happened.
    if (!/^https?:\/\//i.test(value)) run.secrets.push(value)
  }
  return succeed(null)
}

function secretsOfTokens({
  accessToken,
  refreshToken,
  kept,
}: Pick<TokenGrant, 'accessToken' | 'refreshToken' | 'kept'>): string[] {
  const hidden = kept.filter(({ secret }) => secret).map(({ value }) => value)
  return [accessToken ?? '', refreshToken ?? '', ...hidden].filter((secret) => secret !== '')
}

async function finish(run: Run, { grant: read, obtainedAt }: Read): Promise<ObtainedTokens> {
  const { credentials, grant, cause } = run
  const accessToken = read.accessToken ?? (grant.kind === 'refresh' ? (grant.accessToken ?? '') : '')
  const tokens: NewTokens = { ...read, accessToken }
  const status = run.answers.at(-1)?.status ?? 0
  if (grant.kind === 'refresh') return { tokens, obtainedAt, status, missed: [], lookupProblem: null }
  const names = {
    access_token: accessToken,
    token_type: read.tokenType,
    ...(read.refreshToken !== null && { refresh_token: read.refreshToken }),
  }
  const { kept, missed, problem } = await runLookups(withKeptValues(credentials, read.kept), names, cause)
  const replaced = new Set(kept.map(({ key }) => key))
  return {
    tokens: { ...tokens, kept: [...read.kept.filter(({ key }) => !replaced.has(key)), ...kept] },
    obtainedAt,
    status,
    missed,
    lookupProblem: problem,
  }
}

function notBuilt({ code, message, field }: Refusal): { ok: false; error: ObtainFailure } {
  const doubt = {
    stage: 'building',
    status: null,
    outcome: 'could_not_tell',
    outcomeUnknown: false,
    grantDead: false,
  } as const
  return { ok: false, error: { code, message, ...(field !== undefined && { field }), ...doubt } }
}

const certainlyNotSent: readonly Refusal['code'][] = [
  'address_refused',
  'dns_failed',
  'tls_failed',
  'host_not_allowed',
  'origin_not_confirmed',
  'invalid_url',
  'invalid_header',
]

function notAnswered({ error, timing }: Extract<SendOutcome, { ok: false }>): { ok: false; error: ObtainFailure } {
  const outcomeUnknown = timing.connectMs !== null && !certainlyNotSent.includes(error.code)
  return {
    ok: false,
    error: {
      ...error,
      stage: 'reaching_host',
      status: null,
      outcome: 'could_not_tell',
      outcomeUnknown,
      grantDead: false,
    },
  }
}

function refusedBy(
  { credentials }: Run,
  built: BuiltRequest,
  answer: OutboundAnswer,
  failure: TokenFailure,
): { ok: false; error: ObtainFailure } {
  const { status } = answer
  const { code, message } = redirectRefusal(built, answer) ?? failure
  // A gateway answers 502 and 504 when the server behind it may have done the work.
  const outcomeUnknown = (status >= 200 && status < 300) || status === 502 || status === 504
  const grantDead = isDeadGrant(credentials.method, failure)
  return {
    ok: false,
    error: { code, message, stage: 'getting_token', status, outcome: failure.outcome, outcomeUnknown, grantDead },
  }
}

/** An answer that redirects is read like any other, and never followed: a token endpoint sends no credentials on, wherever to. */
function redirectRefusal({ request }: BuiltRequest, answer: OutboundAnswer): Refusal | null {
  const location = answer.status >= 300 && answer.status < 400 ? headerOf(answer, 'location') : null
  if (location === null || !URL.canParse(location, request.url)) return null
  const { origin } = new URL(location, request.url)
  return refuse(
    'host_not_allowed',
    `The token endpoint redirects to ${origin}. Credentials are not sent on; use the new address in the method's URLs.`,
  ).error
}

/** Which of several requests it was. */
function named(failure: ObtainFailure, index: number, count: number): ObtainFailure {
  return count === 1 ? failure : { ...failure, message: `Token request ${index + 1} of ${count}: ${failure.message}` }
}
