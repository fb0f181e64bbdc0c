import { fitsBodyRule } from '../responses/body-rule'
import type { MethodDefinition } from '../method-options/method-definition'
import type { OutboundResponse } from '../http-messages'

/** What the response to an endpoint request says about its credentials. */
export type CredentialVerdict = 'accepted' | 'rejected' | 'nothing'

type RejectionRule = { options: Pick<MethodDefinition['options'], 'rejectedStatuses' | 'rejectedBody'> }

/**
 * *Rejected*: 401, or the method's own rule; a 403 concerns one endpoint unless the method lists it. *Accepted*: 2xx and
 * 3xx. Everything else says nothing about the credentials (PRODUCT §11).
 */
export function judgeCredentials({ options }: RejectionRule, response: OutboundResponse): CredentialVerdict {
  if (options.rejectedStatuses.includes(response.status) || fitsBodyRule(options.rejectedBody, response))
    return 'rejected'
  return response.status >= 200 && response.status < 400 ? 'accepted' : 'nothing'
}

/** Whether the method has a rule about the body, so that the status alone does not decide. */
export function asksBodyWhetherRejected({ options }: RejectionRule): boolean {
  return (options.rejectedBody?.path.trim() ?? '') !== ''
}
