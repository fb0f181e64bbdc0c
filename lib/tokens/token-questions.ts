import { reasonOf, textOf } from '@/lib/domain/responses/response'
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

/** What the token path asks about responses. */

type WithSecretTexts<Input> = Omit<Input, 'secrets'> & { secrets: readonly string[] }

/** The tokens of the last token request. */
export const readTokens = bodyQuestion('read_tokens', ({ secrets, ...input }: WithSecretTexts<TokenResponseInput>) =>
  readTokenResponse({ ...input, secrets: SecretBook.of(...secrets) }),
)

/** What a token request that is not the last gives to those after it. */
export const readStep = bodyQuestion('read_step', ({ secrets, ...input }: WithSecretTexts<StepResponseInput>) =>
  readStepResponse({ ...input, secrets: SecretBook.of(...secrets) }),
)

/** The response as the log may hold it. */
export const maskTokens = bodyQuestion('mask_tokens', maskTokenResponse)

type Extracting = Pick<Credentials, 'connector' | 'method' | 'values'> & {
  extractions: readonly Extraction[]
  response: OutboundResponse
  secrets: readonly string[]
}

/** What a response holds for variables; what it does not hold is left out. */
export const extractWhatIsThere = bodyQuestion(
  'extract_what_is_there',
  ({ extractions, response, secrets, ...credentials }: Extracting): NewStoredValue[] =>
    extractions.flatMap((extraction) => {
      const value = extractValues(credentials, [extraction], response, SecretBook.of(...secrets))
      return value.ok ? value.value : []
    }),
)

export type LookupRead = {
  extracted: Result<NewStoredValue[]>
  /** By the rule of the lookup. */
  isAccepted: boolean
  /** In the third party's words, secrets removed; empty where it says nothing. */
  reason: string
}

/** What an after-connect lookup found. */
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
    return { extracted, isAccepted, reason: isAccepted ? '' : reasonOf(response, secrets) }
  },
)

type Revoking = { rule: SuccessRule | null; response: OutboundResponse; secrets: readonly string[] }

/** Whether a token was revoked, and if not, why. */
export const readRevocation = bodyQuestion('read_revocation', ({ rule, response, secrets: texts }: Revoking) => {
  const secrets = SecretBook.of(...texts)
  if (judgeTestRequest(rule, response, secrets).outcome === 'accepted') return { isAccepted: true } as const
  return {
    isAccepted: false,
    reason: reasonOf(response, secrets).replace(/\.$/, ''),
    cannotRevoke: response.status === 400 && textOf(response).includes('unsupported_token_type'),
  } as const
})
