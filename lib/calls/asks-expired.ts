import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { signalsExpiredToken } from '@/lib/domain/oauth2/refresh-rule'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

type Asked = { method: Pick<MethodDefinition, 'type' | 'options'>; response: OutboundResponse }

/** Whether the response says that the token has expired, according to the method's rule for the body. */
export const asksExpired = bodyQuestion('asks_expired', ({ method, response }: Asked) =>
  signalsExpiredToken(method, response),
)
