import { definitionLimits } from './limits'
import { hasOwn, type ObjectNode } from './nodes'
import type { FoundOperation } from './read-operations'
import type { Server } from './read-server'
import { ownServer, type ServersReading } from './read-servers'
import { schemesOf } from './servers-of-version-2'
import type { Reader } from './reader'
import { templateOf, type ServerTemplate } from './server-template'
import { quote } from './texts'
import type { VariableInput } from './variables'

/**
 * The servers of paths and operations, as the beginning of the URLs of their endpoints. Their variables belong to the
 * connector, so that a shape cannot change a host.
 */
export class OwnServers {
  readonly #reader: Reader
  readonly #documentUrl: string
  readonly #document: ServersReading
  readonly #taken: Set<string>
  readonly #byOwner = new WeakMap<object, ServerTemplate | null>()
  readonly #byUrl = new Map<string, ServerTemplate>()
  readonly #variables = new Map<string, VariableInput>()
  readonly #hosts: Set<string>

  constructor(reader: Reader, documentUrl: string, document: ServersReading, taken: Set<string>) {
    this.#reader = reader
    this.#documentUrl = documentUrl
    this.#document = document
    this.#taken = taken
    this.#hosts = new Set(document.allowedHosts)
  }

  /** Those of the document, then those of operations. */
  get variables(): VariableInput[] {
    return [...this.#document.variables, ...this.#variables.values()]
  }

  get allowedHosts(): string[] {
    return [...this.#hosts]
  }

  /** Empty if the endpoint is below the base URL. */
  urlFor({ node, pathNode }: FoundOperation): string {
    if (this.#reader.version === '2.0') return this.#withOtherScheme(node)
    return this.#read(node) || this.#read(pathNode)
  }

  #read(owner: ObjectNode): string {
    if (!hasOwn(owner, 'servers')) return ''
    if (!this.#byOwner.has(owner.value)) {
      const server = ownServer(this.#reader, owner, this.#documentUrl)
      this.#byOwner.set(owner.value, server && this.#templateOf(server))
    }
    return this.#byOwner.get(owner.value)?.url ?? ''
  }

  #templateOf(server: Server): ServerTemplate {
    const before = this.#byUrl.get(server.url)
    if (before) return before
    const isFull = this.variables.length + server.variables.size > definitionLimits.connectorVariables
    const template = isFull ? this.#withDefaults(server) : templateOf(this.#reader, server, this.#taken)
    for (const variable of template.variables) this.#variables.set(variable.key, variable)
    for (const host of template.allowedHosts) this.#allow(host, server)
    this.#byUrl.set(server.url, template)
    return template
  }

  #withDefaults(server: Server): ServerTemplate {
    const url = server.url.replace(/\{([^{}]*)\}/g, (_, name: string) => server.variables.get(name)?.usual ?? '')
    this.#reader.report.add(
      'limit',
      server.node,
      `A connector has at most ${definitionLimits.connectorVariables} variables, so those of ${quote(server.url)} became their defaults.`,
    )
    return templateOf(this.#reader, { ...server, url }, this.#taken)
  }

  #allow(host: string, { node }: Server): void {
    if (this.#hosts.size < definitionLimits.allowedHosts) this.#hosts.add(host)
    else
      this.#reader.report.add(
        'limit',
        node,
        `A connector has at most ${definitionLimits.allowedHosts} allowed hosts, so ${quote(host)} was left out.`,
      )
  }

  /** In 2.0 an operation may only use other schemes than the document. */
  #withOtherScheme(operation: ObjectNode): string {
    const { baseUrl } = this.#document
    if (!hasOwn(operation, 'schemes') || !baseUrl.startsWith('http')) return ''
    const scheme = baseUrl.slice(0, baseUrl.indexOf(':'))
    const schemes = schemesOf(this.#reader, operation, scheme)
    return schemes.includes(scheme) ? '' : baseUrl.replace(/^https?/, schemes[0] ?? scheme)
  }
}
