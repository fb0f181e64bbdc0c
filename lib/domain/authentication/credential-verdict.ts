import { fitsBodyRule } from '../responses/body-rule'
import type { MethodDefinition } from '../method-options/method-definition'
import type { OutboundResponse } from '../http-messages'

/** What a response to an endpoint request says about the credentials that it was sent with. */
export type CredentialVerdict = 'accepted' | 'rejected' | 'nothing'

type RejectionRule = { options: Pick<MethodDefinition['options'], 'rejectedStatuses' | 'rejectedBody'> }

/**
 * *Rejected*: 401, or what the method says; a 403 is about one endpoint unless the method lists it. *Accepted*: 2xx and
 * 3xx. Everything else says nothing about the credentials (PRODUCT §11).
 */
export function judgeCredentials({ options }: RejectionRule, response: OutboundResponse): CredentialVerdict {
  if (options.rejectedStatuses.includes(response.status) || fitsBodyRule(options.rejectedBody, response))
    return 'rejected'
  return response.status >= 200 && response.status < 400 ? 'accepted' : 'nothing'
}

/** Whether the method has a rule on the body, so that the status alone does not decide. */
export function asksBodyWhetherRejected({ options }: RejectionRule): boolean {
  return (options.rejectedBody?.path.trim() ?? '') !== ''
}
