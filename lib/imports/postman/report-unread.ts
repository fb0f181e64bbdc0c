import { childOf, type ObjectNode } from '../openapi/nodes'
import { counted } from '@/lib/domain/counted'
import { isObject } from '@/lib/domain/is-object'
import type { Report } from '../openapi/report'
import { quoteSome } from '../openapi/texts'
import { has } from './parts'
import type { FoundRequest } from './walk-items'

/** Parts of a request that only the Postman app uses, or that belong to an instance. */
const ofRequests: Readonly<Record<string, string>> = {
  certificate: 'The client certificate was left out. Add it on the Certificates tab of the instance.',
  proxy: 'The proxy was left out. An administrator sets the proxy of the installation.',
  cookie: 'The cookies were left out. Patchbay does not store cookies between requests.',
}

/** What no endpoint can say, of a collection, a folder or a request. */
export function reportSettings(report: Report, owner: ObjectNode): void {
  const { protocolProfileBehavior: behaviour } = owner.value
  if (isObject(behaviour) && Object.keys(behaviour).length > 0)
    report.add(
      'not_imported',
      childOf(owner, 'protocolProfileBehavior'),
      `Settings of how Postman sends requests were left out: ${quoteSome(Object.keys(behaviour))}.`,
    )
}

export function reportRequest(report: Report, { item, request }: FoundRequest): void {
  for (const [key, message] of Object.entries(ofRequests))
    if (has(request, key)) report.add('not_imported', childOf(request, key), message)
  const examples = Array.isArray(item.value.response) ? item.value.response.length : 0
  if (examples > 0)
    report.tally(
      'not_imported',
      childOf(item, 'response'),
      (count) =>
        count === 1
          ? 'The saved example responses of one request were left out.'
          : `The saved example responses of ${counted(count, 'request', 'requests')} were left out.`,
      'responses',
    )
}
