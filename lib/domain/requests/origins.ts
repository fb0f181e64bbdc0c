import { withDerivedValues } from '../authentication/derived-values'
import { authenticationTypeDefinitions } from '../authentication/registry'
import { originPatternsOf } from '../urls/allowed-hosts'
import type { ConnectorDefinition, EndpointDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { renderAddress } from '../urls/render-address'
import { originPattern, type OriginTemplate } from '../urls/origin-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { parseUrlTemplate } from '../urls/url-template'
import { effectiveDefinitions, scopeOf, type VariableValues } from '../variables/resolve-variables'
import { phaseKinds } from '../vocabulary'

/** The origins to which a connector's credentials may be sent (rule R14, DATA §6). */

type ConnectorPart = Pick<ConnectorDefinition, 'baseUrl' | 'allowedHosts'>
type MethodPart = Pick<MethodDefinition, 'name' | 'type' | 'phases' | 'options'>
type EndpointPart = Pick<EndpointDefinition, 'name' | 'url'>

export type NamedOrigin = {
  /** `https://api.acme.test`, `https://{account}.acme.test`, `{base_url}` or `https://*.acme.test`. */
  origin: string
  /** Where the definition uses it, in words for people; at most ten. */
  from: string[]
}

const mostUses = 10

/**
 * The origins in a definition, in order: literal ones, those with variables, and the allowed hosts. An unreadable URL
 * has no origin, and nothing can be sent to it.
 */
export function originsOf(
  connector: ConnectorPart,
  methods: readonly MethodPart[],
  endpoints: readonly EndpointPart[],
): NamedOrigin[] {
  const uses = new Map<string, string[]>()
  const add = (origin: string | null, from: string) => {
    if (origin === null) return
    const known = uses.get(origin) ?? []
    if (known.length < mostUses && !known.includes(from)) known.push(from)
    uses.set(origin, known)
  }
  for (const { url, from } of namedUrls(connector, methods, endpoints)) {
    const origin = originTemplateOf(url)
    add(origin ? originPattern(origin) : null, from)
  }
  for (const entry of connector.allowedHosts) for (const origin of originPatternsOf(entry)) add(origin, 'Allowed hosts')
  return [...uses].map(([origin, from]) => ({ origin, from }))
}

function namedUrls(
  connector: ConnectorPart,
  methods: readonly MethodPart[],
  endpoints: readonly EndpointPart[],
): { url: string; from: string }[] {
  return [
    { url: connector.baseUrl, from: 'Base URL' },
    ...methods.map((method) => ({ url: method.options.baseUrl, from: `${method.name}: Base URL` })),
    ...methods.flatMap((method) =>
      method.phases.map((phase) => ({
        url: phase.url ?? '',
        from: `${method.name}: ${phaseLabel(method, phase.kind)}`,
      })),
    ),
    ...endpoints.map(({ name, url }) => ({ url, from: `Endpoint ${name}` })),
  ]
}

function phaseLabel(method: MethodPart, kind: MethodDefinition['phases'][number]['kind']): string {
  return authenticationTypeDefinitions[method.type].urls.find(({ phase }) => phase === kind)?.label ?? phaseKinds[kind]
}

function originTemplateOf(url: string): OriginTemplate | null {
  if (url.trim() === '') return null
  const parsed = parseUrlTemplate(url)
  return parsed.ok ? parsed.value.origin : null
}

export type RenderedOriginsInput = {
  connector: Pick<ConnectorDefinition, 'baseUrl' | 'allowedHosts' | 'variables'>
  method: MethodDefinition
  endpoints: readonly Pick<EndpointDefinition, 'url' | 'variables'>[]
}

/**
 * The origins to which an instance's values lead, sorted. If two sets of values have different origins, secrets would be
 * sent elsewhere, so that all of them must be entered again (DATA §6). A URL with missing values has no origin.
 */
export function renderedOrigins(
  { connector, method, endpoints }: RenderedOriginsInput,
  values: VariableValues,
): string[] {
  const rendered = new Set<string>()
  const shared = scopeOf(effectiveDefinitions({ connector, method }), values)
  const { options } = method
  const context = withDerivedValues(options, shared, {})
  for (const url of [connector.baseUrl, options.baseUrl, ...method.phases.map((phase) => phase.url ?? '')])
    addOrigin(rendered, url, { scope: shared, context, allowedHosts: connector.allowedHosts })
  for (const endpoint of endpoints) {
    const scope =
      endpoint.variables.length === 0 ? shared : scopeOf(effectiveDefinitions({ connector, method, endpoint }), values)
    addOrigin(rendered, endpoint.url, { scope, context, allowedHosts: connector.allowedHosts })
  }
  return [...rendered].sort()
}

type Rendering = { scope: TemplateScope; context: TemplateContext; allowedHosts: readonly string[] }

function addOrigin(rendered: Set<string>, url: string, { scope, context, allowedHosts }: Rendering): void {
  const origin = originTemplateOf(url)
  if (!origin) return
  const result = renderAddress(origin, scope, context, allowedHosts)
  if (result.ok) rendered.add(result.value.origin)
}
