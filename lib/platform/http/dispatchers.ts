import { Agent, type Dispatcher } from 'undici'
import { connector } from './connect'
import type { Network } from './network'
import { secureContextFor, tlsFingerprint, type TlsMaterial } from './tls-context'

/**
 * Connections are used again only between requests of the same policy and the same TLS material, and only for methods
 * that may be repeated: a connection that the server closes meanwhile must not leave a POST in doubt (RFC 9112 §9.3.1).
 */

const mostDispatchers = 64
const mostConnectionsPerOrigin = 128

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

export function isRepeatable(method: string): boolean {
  return repeatable.has(method)
}

const byNetwork = new WeakMap<Network, Map<string, Agent>>()

function createAgent(network: Network, material: TlsMaterial, reuse: boolean): Agent {
  return new Agent({
    connect: connector(network, secureContextFor(material)),
    connections: mostConnectionsPerOrigin,
    pipelining: reuse ? 1 : 0,
    allowH2: false,
    // The deadline of the whole exchange is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  })
}

/** The dispatcher least recently asked for goes first; what it is still sending ends in peace. */
function makeRoom(agents: Map<string, Agent>): void {
  const [oldest] = agents
  if (agents.size < mostDispatchers || !oldest) return
  agents.delete(oldest[0])
  void oldest[1].close()
}

export function dispatcherFor(network: Network, material: TlsMaterial, method: string): Dispatcher {
  const agents = byNetwork.get(network) ?? new Map<string, Agent>()
  byNetwork.set(network, agents)
  const reuse = isRepeatable(method)
  const key = `${tlsFingerprint(material)} ${reuse}`
  const known = agents.get(key)
  if (!known) makeRoom(agents)
  const agent = known ?? createAgent(network, material, reuse)
  agents.delete(key)
  agents.set(key, agent)
  return agent
}
