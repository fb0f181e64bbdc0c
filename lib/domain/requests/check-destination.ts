import type { ConnectorDefinition, EndpointDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { refuse, succeed, type Result } from '../result'
import { isUntrusted } from '../templates/render-output'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { matchesOrigin, originPatternsOf } from '../urls/allowed-hosts'
import { originPattern, variablesIn, type OriginTemplate } from '../urls/origin-template'
import { originsOf } from './origins'

/** Instead of a list, if nothing is sent: in previews and for comparisons. */
export const originsUnchecked = 'origins_unchecked' as const

export type ConfirmedOrigins = readonly string[] | typeof originsUnchecked

type Destination = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition | null
  /** The confirmed origins of this connector. */
  confirmedOrigins: ConfirmedOrigins
  scope: TemplateScope
  /** Without the values of a shape; default: `scope`. */
  hostScope?: TemplateScope
  context?: TemplateContext
}

/** Rule R14: nothing is sent to a host that the connector does not define, or to one that is not confirmed yet. */
export function checkDestination(
  template: OriginTemplate | null,
  url: string,
  { connector, method, endpoint, confirmedOrigins, scope, hostScope = scope, context = {} }: Destination,
): Result<null> {
  const { host } = new URL(url)
  const named = originsOf(connector, [method], endpoint ? [endpoint] : []).map((entry) => entry.origin)
  if (template === null || !matchesOrigin(url, named)) {
    return refuse(
      'host_not_allowed',
      `The request would go to ${host}, which is not a host of ${connector.name}. Nothing was sent.`,
    )
  }
  if (
    confirmedOrigins !== originsUnchecked &&
    !isConfirmed(template, url, {
      allowedHosts: connector.allowedHosts,
      confirmed: confirmedOrigins,
      hostScope,
      context,
    })
  ) {
    return refuse(
      'origin_not_confirmed',
      `${originPattern(template)} is new in ${connector.name}. An administrator must confirm it before credentials are sent there. Nothing was sent.`,
    )
  }
  return succeed(null)
}

type Confirmation = {
  allowedHosts: readonly string[]
  confirmed: readonly string[]
  hostScope: TemplateScope
  context: TemplateContext
}

/** Compares patterns: an address that another confirmed pattern happens to match is not confirmed itself. */
function isConfirmed(
  template: OriginTemplate,
  url: string,
  { allowedHosts, confirmed, hostScope, context }: Confirmation,
): boolean {
  if (!confirmed.includes(originPattern(template))) return false
  if (!needsAllowedHost(template, hostScope, context)) return true
  return matchesOrigin(
    url,
    allowedHosts.flatMap(originPatternsOf).filter((pattern) => confirmed.includes(pattern)),
  )
}

/**
 * A URL variable, and a label with an untrusted value, can lead only to allowed hosts that are confirmed.
 */
function needsAllowedHost(template: OriginTemplate, hostScope: TemplateScope, context: TemplateContext): boolean {
  if (template.kind !== 'labels') return template.kind === 'variable'
  return template.labels.flatMap(variablesIn).some((part) => isUntrusted(part, hostScope, context))
}
