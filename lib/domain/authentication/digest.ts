import type { OutboundResponse } from '../http-messages'
import type { OutboundRequest } from '../http-messages'
import { succeed, type Result } from '../result'
import { parseChallenges } from '../signatures/challenges'
import { answerDigest } from '../signatures/digest'
import { checkSigned, headerValues, nonceOf, withHeader } from '../signatures/request-parts'
import { usernameAndPassword } from './default-variable'
import { defaultsOf } from '../method-options/options'
import { readOwnValues } from './own-values'
import { nothingApplied } from './placement'
import type { AuthenticationTypeDefinition, SignInput } from './types'

/** Answers the challenge in a 401 response (RFC 9110 §15.5.2). Other responses have no challenge. */
function answerChallenge({
  request,
  response,
  ...input
}: SignInput & { response: OutboundResponse }): Result<OutboundRequest | null> {
  if (response.status !== 401) return succeed(null)
  const values = readOwnValues(['username', 'password'], input)
  if (!values.ok) return values
  const nonce = nonceOf(input.context)
  if (!nonce.ok) return nonce
  const challenges = parseChallenges(headerValues(response, 'www-authenticate'))
  const header = answerDigest(request, challenges, { ...values.value, cnonce: nonce.value })
  if (!header.ok) return header
  return header.value === null ? succeed(null) : checkSigned(withHeader(request, 'Authorization', header.value))
}

export const digest: AuthenticationTypeDefinition = {
  type: 'digest',
  label: 'Digest',
  description:
    'A user name and a password are used to answer a challenge of the server (RFC 7616). The password itself is never sent.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: usernameAndPassword,
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
  answerChallenge,
}
