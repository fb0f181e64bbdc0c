import { judgeCredentials } from '@/lib/domain/authentication/credential-verdict'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

type Asked = { method: Pick<MethodDefinition, 'options'>; response: OutboundResponse }

/** What the response says about the credentials, according to the method's rule for the body. */
export const asksRejected = bodyQuestion('asks_rejected', ({ method, response }: Asked) =>
  judgeCredentials(method, response),
)
