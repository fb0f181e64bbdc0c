import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import { addressRefusal } from './address-refusal'
import { parseAddress, type IpAddress } from './address-class'
import { judge } from './egress-policy'
import { SendFailure } from './failure'
import type { Network } from './network'
import { findOwnService } from './own-services'
import { Trace, traces } from './trace'

/** The time limit of a connection attempt, even if its request has already been stopped. */
const connectTimeoutMs = 30_000
/** How long to wait for one of several addresses before trying the next one too (RFC 8305). */
const nextAddressAfterMs = 1_000

type HostAndPort = { host: string; port: number }

function addressesOf(texts: string[], host: string): IpAddress[] {
  const addresses = texts.map(parseAddress)
  if (addresses.length === 0 || addresses.includes(null)) {
    throw new SendFailure('dns_failed', `The name ${host} has no usable address. Check the host name.`)
  }
  return addresses as IpAddress[]
}

/** Resolves the name once and refuses it unless all its addresses are allowed. */
async function checkedAddresses(network: Network, server: HostAndPort, trace: Trace): Promise<IpAddress[]> {
  const addresses = addressesOf(await trace.measure('resolving', () => network.resolve(server.host)), server.host)
  for (const address of addresses) {
    const target = { ...server, address }
    const judgement = judge(network.policy, target, await findOwnService(network.policy, target, network.resolve))
    if (!judgement.allowed) throw addressRefusal(target, judgement)
  }
  return addresses
}

/** Its listeners stay, so that an error is handled until the pool takes over the socket. */
function settled<Kind extends Socket>(socket: Kind, event: 'connect' | 'secureConnect'): Promise<Kind> {
  const failure = (code: string) => Object.assign(new Error(code), { code })
  return new Promise<Kind>((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(failure('ETIMEDOUT')), connectTimeoutMs)
    socket.once(event, () => {
      clearTimeout(timer)
      resolve(socket)
    })
    socket.on('error', reject)
    socket.once('close', () => {
      clearTimeout(timer)
      reject(failure('ECONNRESET'))
    })
  })
}

/** Connects only to the addresses that were checked: the lookup returns them. */
async function openTcp(server: HostAndPort, addresses: IpAddress[]): Promise<Socket> {
  const list = addresses.map((address) => ({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 }))
  const socket = connectTcp({
    // Not a literal address, which would skip the lookup.
    host: 'checked.invalid',
    port: server.port,
    lookup: (_host, options, callback) =>
      options.all ? callback(null, list) : callback(null, list[0]!.address, list[0]!.family),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    noDelay: true,
    keepAlive: true,
  })
  await settled(socket, 'connect')
  const reached = parseAddress(socket.remoteAddress ?? '')?.toString()
  if (list.some(({ address }) => address === reached)) return socket
  socket.destroy()
  throw new SendFailure(
    'address_refused',
    `Nothing was sent: the connection to ${server.host} did not reach the address that was checked.`,
  )
}

/**
 * The server name and the certificate must be those of the requested host, whatever its address. Verification is always
 * on.
 */
function openTls(socket: Socket, host: string, secureContext: SecureContext): Promise<TLSSocket> {
  const name = parseAddress(host) ? {} : { servername: host.replace(/\.$/, '') }
  const secured = connectTls({
    socket,
    host,
    ...name,
    secureContext,
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  })
  return settled(secured, 'secureConnect')
}

async function open(
  network: Network,
  secureContext: SecureContext,
  protocol: string,
  server: HostAndPort,
): Promise<Socket> {
  const trace = traces.getStore() ?? new Trace()
  const addresses = await checkedAddresses(network, server, trace)
  const socket = await trace.measure('connecting', () => openTcp(server, addresses))
  trace.connections += 1
  if (protocol !== 'https:') return socket
  try {
    return await trace.measure('securing', () => openTls(socket, server.host, secureContext))
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** The connector of a pool: checks the policy, then connects to exactly the address that was checked. */
export function connector(network: Network, secureContext: SecureContext): buildConnector.connector {
  return ({ hostname, protocol, port }, callback) => {
    const server = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
    open(network, secureContext, protocol, server).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    )
  }
}
