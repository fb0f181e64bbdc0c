import type { ConnectorDefinition, EndpointDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { refuse, succeed, type Result } from '../result'
import { isUntrusted } from '../templates/render-output'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { matchesOrigin, originPatternsOf } from '../urls/allowed-hosts'
import { originPattern, variablesIn, type OriginTemplate } from '../urls/origin-template'
import { originsOf } from './origins'

/** Instead of a list, where nothing is sent: in previews, and where requests are only compared. */
export const originsUnchecked = 'origins_unchecked' as const

export type ConfirmedOrigins = readonly string[] | typeof originsUnchecked

type Destination = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition | null
  /** Of this connector. */
  confirmedOrigins: ConfirmedOrigins
  scope: TemplateScope
  /** Without what a shape gives; otherwise `scope`. */
  hostScope?: TemplateScope
  context?: TemplateContext
}

/** Rule R14: nothing is sent to a host that the connector does not name, nor to one that nobody has confirmed yet. */
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
      `The request would go to ${host}, which this connector does not name. Nothing was sent.`,
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
      `${originPattern(template)} is new in this connector. An administrator has to confirm it before credentials are sent there. Nothing was sent.`,
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

/** As the definition names it: an address that a confirmed pattern happens to cover has not been confirmed itself. */
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
 * A whole address, and a label that a third party gave, lead to the allowed hosts alone, and to those that are
 * confirmed.
 */
function needsAllowedHost(template: OriginTemplate, hostScope: TemplateScope, context: TemplateContext): boolean {
  if (template.kind !== 'labels') return template.kind === 'variable'
  return template.labels.flatMap(variablesIn).some((part) => isUntrusted(part, hostScope, context))
}
