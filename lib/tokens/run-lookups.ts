import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { statusInWords } from '@/lib/domain/http-status-words'
import type { PhaseDefinition } from '@/lib/domain/definitions'
import { buildProbeRequest, probePhases } from '@/lib/domain/requests/build-probe-request'
import type { Result } from '@/lib/domain/result'
import type { SecretBook } from '@/lib/domain/secret-book'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'
import { addSecretsAmong, type NewStoredValue } from '@/lib/credentials/stored-values'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues, type TokenNames } from '@/lib/exchange/reserved-values'
import { read, type Exchanged } from '@/lib/exchange/exchange'
import { sendBuilt } from '@/lib/exchange/send-built'
import { readLookup } from './token-questions'

export type LookedUp = {
  stored: NewStoredValue[]
  /** Keys of failed lookups, whose earlier values stay. */
  missed: string[]
  /** For a person; null if all lookups succeeded. */
  problem: string | null
}

/**
 * Runs the after-connect lookups of a method: requests with the new credentials whose responses contain values that
 * other requests need (an account ID, the address to call). A failed lookup does not make the credentials invalid; a
 * request that needs its value reports what is missing.
 */
export async function runLookups(credentials: Credentials, token: TokenNames, cause: Cause): Promise<LookedUp> {
  let known = credentials
  const found: LookedUp = { stored: [], missed: [], problem: null }
  for (const phase of probePhases(credentials.method, 'after_connect')) {
    const values = await lookUp(known, phase, token, cause)
    if (values.ok) {
      found.stored.push(...values.value)
      known = withStoredValues(known, values.value)
    } else {
      found.missed.push(...(phase.extract ?? []).map(({ variable }) => variable))
      found.problem ??= `After-connect lookup ${phase.step + 1} failed: ${values.error}`
    }
  }
  return found
}

async function lookUp(
  credentials: Credentials,
  phase: PhaseDefinition,
  token: TokenNames,
  cause: Cause,
): Promise<Result<NewStoredValue[], string>> {
  const { connector, method, values, confirmedOrigins } = credentials
  const reserved = reservedValues(token)
  const built = buildProbeRequest({ connector, method, values, confirmedOrigins, reserved, signer }, phase)
  if (!built.ok) return { ok: false, error: built.error.message }
  const { secrets } = built.value
  const context = contextOf(credentials, 'after_connect', cause)
  const options = { timeoutMs: method.timeoutSeconds * 1000, reserved }
  const sent = await sendBuilt(credentials, built.value, context, options)
  return read(sent, undefined, (exchanged) => valuesIn(credentials, phase, secrets, exchanged))
}

async function valuesIn(
  { connector, method, values }: Credentials,
  phase: PhaseDefinition,
  secrets: SecretBook,
  { outcome, log }: Exchanged,
): Promise<Result<NewStoredValue[], string>> {
  if (!outcome.ok) {
    await log()
    return { ok: false, error: outcome.error.message }
  }
  const { response } = outcome
  const { extract, successRule: rule } = phase
  const asked = await askAboutBody(
    readLookup,
    { connector, method, values, extractions: extract ?? [], rule, response, secrets: secrets.texts() },
    { bodies: [response.body], handOver: true },
  )
  if (!asked.ok) {
    await log()
    return { ok: false, error: asked.error.message }
  }
  const { extracted, isAccepted, reason } = asked.value
  if (extracted.ok) addSecretsAmong(extracted.value, secrets)
  await log()
  if (!isAccepted)
    return {
      ok: false,
      error: `${connector.name} returned ${statusInWords(response.status)}${reason === '' ? '.' : `: ${reason}`}`,
    }
  return extracted.ok ? extracted : { ok: false, error: extracted.error.message }
}
