import { quotedReason, textOf } from '@/lib/domain/responses/response'
import { fitsRule, isRejectedByRule, judgeTestRequest } from '@/lib/domain/responses/verification'
import type { Extraction, SuccessRule } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { readStepResponse, type StepResponseInput } from '@/lib/domain/oauth2/step-response'
import { readTokenResponse, type TokenResponseInput } from '@/lib/domain/oauth2/token-response'
import type { Result } from '@/lib/domain/result'
import { SecretBook } from '@/lib/domain/secret-book'
import type { Credentials } from '@/lib/credentials/credentials'
import type { NewStoredValue } from '@/lib/credentials/stored-values'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { extractValues } from './extract-values'
import { maskTokenResponse } from './mask-token-response'

/** The questions that the token modules ask about response bodies. */

type WithSecretTexts<Input> = Omit<Input, 'secrets'> & { secrets: readonly string[] }

/** Reads the tokens from the last token request's response. */
export const readTokens = bodyQuestion('read_tokens', ({ secrets, ...input }: WithSecretTexts<TokenResponseInput>) =>
  readTokenResponse({ ...input, secrets: SecretBook.of(...secrets) }),
)

/** Reads the values that an earlier token request passes to later ones. */
export const readStep = bodyQuestion('read_step', ({ secrets, ...input }: WithSecretTexts<StepResponseInput>) =>
  readStepResponse({ ...input, secrets: SecretBook.of(...secrets) }),
)

/** Masks the response for the log. */
export const maskTokens = bodyQuestion('mask_tokens', maskTokenResponse)

type Extracting = Pick<Credentials, 'connector' | 'method' | 'values'> & {
  extractions: readonly Extraction[]
  response: OutboundResponse
  secrets: readonly string[]
}

/** Reads the values for variables from a response. Missing values are left out. */
export const extractPresentValues = bodyQuestion(
  'extract_present_values',
  ({ extractions, response, secrets, ...credentials }: Extracting): NewStoredValue[] =>
    extractions.flatMap((extraction) => {
      const value = extractValues(credentials, [extraction], response, SecretBook.of(...secrets))
      return value.ok ? value.value : []
    }),
)

export type LookupRead = {
  extracted: Result<NewStoredValue[]>
  /** According to the lookup's rule. */
  isAccepted: boolean
  /** The third party's reason as a quotation, with secrets redacted; empty if it gives none. */
  reason: string
}

/** Reads the response of an after-connect lookup. */
export const readLookup = bodyQuestion(
  'read_lookup',
  ({
    rule,
    extractions,
    response,
    secrets: texts,
    ...credentials
  }: Extracting & { rule: SuccessRule | null }): LookupRead => {
    const secrets = SecretBook.of(...texts)
    const extracted = extractValues(credentials, extractions, response, secrets)
    if (extracted.ok) for (const { value, secret } of extracted.value) if (secret) secrets.addWhole(value)
    const isAccepted = fitsRule(rule, response) && !isRejectedByRule(rule, response)
    return { extracted, isAccepted, reason: isAccepted ? '' : quotedReason(response, secrets) }
  },
)

type Revoking = { rule: SuccessRule | null; response: OutboundResponse; secrets: readonly string[] }

/** Whether a token was revoked, and if not, why. */
export const readRevocation = bodyQuestion('read_revocation', ({ rule, response, secrets: texts }: Revoking) => {
  const secrets = SecretBook.of(...texts)
  if (judgeTestRequest(rule, response, secrets).outcome === 'accepted') return { isAccepted: true } as const
  return {
    isAccepted: false,
    reason: quotedReason(response, secrets),
    cannotRevoke: response.status === 400 && textOf(response).includes('unsupported_token_type'),
  } as const
})
