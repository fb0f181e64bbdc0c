import { readServerDocument } from '@/lib/authentication-methods/read-server-document'
import { readOAuth1Token, readRequestToken } from '@/lib/authorisations/oauth1-questions'
import { asksExpired } from '@/lib/calls/asks-expired'
import { asksRejected } from '@/lib/calls/asks-rejected'
import { showBody } from '@/lib/calls/show-body'
import { readOpenApi } from '@/lib/imports/read-open-api'
import { readPostman } from '@/lib/imports/read-postman'
import { logLargeBody } from '@/lib/request-log/logged-body'
import {
  extractPresentValues,
  maskTokens,
  readLookup,
  readRevocation,
  readStep,
  readTokens,
} from '@/lib/tokens/token-questions'
import { judgeResponse } from '@/lib/verification/judge-response'

/** All questions about large bodies. The thread finds them by name. */
export const bodyQuestions = [
  ...[asksExpired, asksRejected, extractPresentValues, judgeResponse, logLargeBody, maskTokens, readLookup],
  ...[
    readOAuth1Token,
    readRequestToken,
    readRevocation,
    readServerDocument,
    readOpenApi,
    readPostman,
    readStep,
    readTokens,
    showBody,
  ],
] as readonly { name: string; answer: (input: never) => unknown }[]
