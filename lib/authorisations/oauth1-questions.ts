import type { OutboundResponse } from '@/lib/domain/http-messages'
import { readTemporaryCredentials, readTokenCredentials } from '@/lib/domain/oauth1/token-response'
import { SecretBook } from '@/lib/domain/secret-book'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'

/** The questions that an OAuth 1 authorisation asks about responses. */

type Given = { response: OutboundResponse; secrets: readonly string[] }

export const readRequestToken = bodyQuestion('read_request_token', ({ response, secrets }: Given) =>
  readTemporaryCredentials(response, SecretBook.of(...secrets)),
)

export const readOAuth1Token = bodyQuestion('read_oauth1_token', ({ response, secrets }: Given) =>
  readTokenCredentials(response, SecretBook.of(...secrets)),
)
