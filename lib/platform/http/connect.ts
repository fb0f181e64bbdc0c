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

/** A connection attempt ends by itself, even when the request that asked for it has long given up. */
const connectTimeoutMs = 30_000
/** How long one of several addresses may take before the next is tried as well (RFC 8305). */
const nextAddressAfterMs = 1_000

type Place = { host: string; port: number }

function addressesOf(texts: string[], host: string): IpAddress[] {
  const addresses = texts.map(parseAddress)
  if (addresses.length === 0 || addresses.includes(null)) {
    throw new SendFailure('dns_failed', `The name ${host} has no usable address. Check the host name.`)
  }
  return addresses as IpAddress[]
}

/** Resolves once and refuses unless every address passes: a name must not be able to offer a second choice. */
async function checkedAddresses(network: Network, place: Place, trace: Trace): Promise<IpAddress[]> {
  const addresses = addressesOf(await trace.measure('resolving', () => network.resolve(place.host)), place.host)
  for (const address of addresses) {
    const target = { ...place, address }
    const judgement = judge(network.policy, target, await findOwnService(network.policy, target, network.resolve))
    if (!judgement.allowed) throw addressRefusal(target, judgement)
  }
  return addresses
}

/** The listeners stay: an error after the event must not go unheard before the pool has the socket. */
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

/** Connects to the addresses that were checked and to nothing else: the lookup is answered from them. */
async function openTcp(place: Place, addresses: IpAddress[]): Promise<Socket> {
  const list = addresses.map((address) => ({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 }))
  const socket = connectTcp({
    // Never a literal, which would skip the lookup.
    host: 'checked.invalid',
    port: place.port,
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
    `Nothing was sent: the connection to ${place.host} did not reach the address that was checked.`,
  )
}

/**
 * Server name and certificate are those of the host that was asked for, whatever address it has. Verification is always
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

async function open(network: Network, secureContext: SecureContext, protocol: string, place: Place): Promise<Socket> {
  const trace = traces.getStore() ?? new Trace()
  const addresses = await checkedAddresses(network, place, trace)
  const socket = await trace.measure('connecting', () => openTcp(place, addresses))
  trace.connections += 1
  if (protocol !== 'https:') return socket
  try {
    return await trace.measure('securing', () => openTls(socket, place.host, secureContext))
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** The connector of a pool: policy first, then the very address that was checked. */
export function connector(network: Network, secureContext: SecureContext): buildConnector.connector {
  return ({ hostname, protocol, port }, callback) => {
    const place = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
    open(network, secureContext, protocol, place).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    )
  }
}
