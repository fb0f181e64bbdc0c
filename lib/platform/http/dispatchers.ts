import { Agent, type Dispatcher } from 'undici'
import { connector } from './connect'
import type { Network } from './network'
import { secureContextFor, tlsFingerprint, type TlsMaterial } from './tls-context'
import { waryPool, type PoolOptions } from './wary-client'

/** Connections are reused only between requests with the same policy and the same TLS material. */

const mostDispatchers = 64
const mostConnectionsPerOrigin = 128

const byNetwork = new WeakMap<Network, Map<string, Agent>>()

function createAgent(network: Network, material: TlsMaterial): Agent {
  return new Agent({
    connect: connector(network, secureContextFor(material)),
    factory: (origin, options) => waryPool(origin, options as PoolOptions),
    connections: mostConnectionsPerOrigin,
    pipelining: 1,
    allowH2: false,
    // The deadline of the whole exchange is the only time limit.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  })
}

/** Closes the least recently used dispatcher after its running requests. */
function makeRoom(agents: Map<string, Agent>): void {
  const [oldest] = agents
  if (agents.size < mostDispatchers || !oldest) return
  agents.delete(oldest[0])
  void oldest[1].close()
}

export function dispatcherFor(network: Network, material: TlsMaterial): Dispatcher {
  const agents = byNetwork.get(network) ?? new Map<string, Agent>()
  byNetwork.set(network, agents)
  const key = tlsFingerprint(material)
  const known = agents.get(key)
  if (!known) makeRoom(agents)
  const agent = known ?? createAgent(network, material)
  agents.delete(key)
  agents.set(key, agent)
  return agent
}
