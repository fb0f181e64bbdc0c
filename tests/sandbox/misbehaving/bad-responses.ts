import { badBodies } from './bad-bodies'
import { badMessages } from './bad-messages'
import type { BadResponse } from './bad-response'

/** Every kind of bad response that a caller has to handle: `/misbehaving/<name>`. */
export const badResponses: readonly BadResponse[] = [...badBodies, ...badMessages]
