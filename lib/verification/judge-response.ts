import { judgeTestRequest, type Judgement, type Turn } from '@/lib/domain/responses/verification'
import type { SuccessRule } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { SecretBook } from '@/lib/domain/secret-book'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

type Given = { rule: SuccessRule | null; response: OutboundResponse; secrets: readonly string[]; turn: Turn }

/** What the response of a test request says about the credentials. */
export const judgeResponse = bodyQuestion('judge_response', ({ rule, response, secrets, turn }: Given): Judgement =>
  judgeTestRequest(rule, response, SecretBook.of(...secrets), turn),
)
