import type { AppliedCredentials } from '../authentication/types'
import type { ParameterLevels } from '../content/parameters'
import type { ConnectorDefinition, EndpointDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import type { MethodOptions } from '../method-options/options-schema'
import type { PageChange } from '../pagination/page-change'
import type { Result } from '../result'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { BodyFormat, HttpMethod } from '../vocabulary'
import type { CallerContent } from './caller-content'
import type { ConfirmedOrigins } from './check-destination'

/** What a request is assembled from. */
export type RequestParts = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition | null
  httpMethod: HttpMethod
  /** Template, absolute or relative to the connector's base URL. */
  url: string
  bodyFormat: BodyFormat
  body: string
  /** If two of one owner set the same header, the later one wins. */
  parameters: ParameterLevels
  filters?: ReadonlyMap<string, string>
  /** The parsed options of the method. */
  options: MethodOptions
  /** Called after the URL is rendered, because a credential may depend on it. */
  credentials: (context: TemplateContext) => Result<AppliedCredentials>
  scope: TemplateScope
  /** Without the values of a shape: a flow cannot decide to which host an instance's credentials are sent (rule R14). */
  hostScope?: TemplateScope
  /** The scope of the method's own variables, if `scope` also contains those of the endpoint. */
  methodScope?: TemplateScope
  context: TemplateContext
  /** The confirmed origins of this connector. */
  confirmedOrigins: ConfirmedOrigins
  /** Not signed: a request for the token or key that later requests are signed with. */
  unsigned?: boolean
  /** Which page of the endpoint's records is asked for. */
  page?: PageChange
  /** What a program adds that calls an endpoint. */
  content?: CallerContent
}
