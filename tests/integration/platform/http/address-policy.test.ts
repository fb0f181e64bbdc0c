import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { classifyAddress, parseAddress } from '@/lib/platform/http/address-class'
import { judge, parseAllowList, type EgressPolicy } from '@/lib/platform/http/egress-policy'
import { ownServices } from '@/lib/platform/http/own-services'
import { send } from '@/lib/platform/http/send'
import { SecretBook } from '@/lib/domain/secret-book'

const closed: EgressPolicy = { ranges: [], services: [], loopbackOpen: false, own: [] }

/**
 * Sends without a name service: what is not a literal has the given addresses. A port where nothing listens ends a
 * permitted attempt.
 */
async function outcome(url: string, policy: Partial<EgressPolicy> = {}, addresses: string[] = ['203.0.113.1']) {
  const resolve = async (host: string) => (parseAddress(host) ? [host] : addresses)
  const request = { method: 'GET' as const, url, headers: [], body: null }
  const result = await send(
    request,
    { timeoutMs: 300, secrets: new SecretBook() },
    { policy: { ...closed, ...policy }, resolve },
  )
  return result.ok ? 'answered' : result.error.code
}

/** The judgement alone, for addresses that no test should really connect to. */
function isAllowed(address: string, policy: Partial<EgressPolicy>): boolean {
  return judge({ ...closed, ...policy }, { host: 'host.example', port: 1, address: parseAddress(address)! }, null)
    .allowed
}

const allow = (...entries: string[]) => parseAllowList(entries)

describe('every spelling of an address that is not public is refused', () => {
  it.each([
    ['loopback', 'http://127.0.0.1:1/'],
    ['loopback elsewhere in its range', 'http://127.255.1.2:1/'],
    ['loopback in decimal', 'http://2130706433:1/'],
    ['loopback in octal', 'http://0177.0.0.1:1/'],
    ['loopback in long octal', 'http://017700000001:1/'],
    ['loopback in hexadecimal', 'http://0x7f000001:1/'],
    ['loopback in mixed forms', 'http://0x7f.0.0x0.01:1/'],
    ['loopback, short', 'http://127.1:1/'],
    ['loopback, three parts', 'http://127.0.1:1/'],
    ['loopback with a trailing dot', 'http://127.0.0.1.:1/'],
    ['loopback in full-width digits', 'http://１２７.０.０.１:1/'],
    ['loopback with ideographic dots', 'http://127。0。0。1:1/'],
    ['loopback in circled digits', 'http://①②⑦.⓪.⓪.①:1/'],
    ['loopback percent-encoded', 'http://%31%32%37.0.0.1:1/'],
    ['zero', 'http://0:1/'],
    ['unspecified', 'http://0.0.0.0:1/'],
    ['another address of the zero network', 'http://0.1.2.3:1/'],
    ['private 10', 'http://10.0.0.1:1/'],
    ['private 10, short', 'http://10.1:1/'],
    ['private 172.16', 'http://172.31.255.254:1/'],
    ['private 192.168', 'http://192.168.1.1:1/'],
    ['private in decimal', 'http://3232235777:1/'],
    ['carrier-grade NAT', 'http://100.64.0.1:1/'],
    ['link-local', 'http://169.254.1.1:1/'],
    ['metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['metadata in decimal', 'http://2852039166/'],
    ['metadata in hexadecimal', 'http://0xA9FEA9FE/'],
    ['metadata, publicly numbered', 'http://168.63.129.16/'],
    ['metadata in the shared range', 'http://100.100.100.200/'],
    ['protocol assignments', 'http://192.0.0.1:1/'],
    ['documentation', 'http://192.0.2.1:1/'],
    ['benchmarking', 'http://198.18.0.1:1/'],
    ['multicast', 'http://224.0.0.1:1/'],
    ['class E', 'http://240.0.0.1:1/'],
    ['broadcast', 'http://255.255.255.255:1/'],
    ['loopback v6', 'http://[::1]:1/'],
    ['loopback v6 written out', 'http://[0:0:0:0:0:0:0:1]:1/'],
    ['unspecified v6', 'http://[::]:1/'],
    ['mapped loopback', 'http://[::ffff:127.0.0.1]:1/'],
    ['mapped loopback in hexadecimal', 'http://[::ffff:7f00:1]:1/'],
    ['mapped metadata', 'http://[::ffff:a9fe:a9fe]:1/'],
    ['compatible loopback', 'http://[::127.0.0.1]:1/'],
    ['compatible public', 'http://[::8.8.8.8]:1/'],
    ['translated (SIIT)', 'http://[::ffff:0:127.0.0.1]:1/'],
    ['NAT64 loopback', 'http://[64:ff9b::127.0.0.1]:1/'],
    ['NAT64 metadata', 'http://[64:ff9b::a9fe:a9fe]:1/'],
    ['NAT64 public', 'http://[64:ff9b::8.8.8.8]:1/'],
    ['local NAT64', 'http://[64:ff9b:1::10.0.0.1]:1/'],
    ['6to4', 'http://[2002:7f00:1::]:1/'],
    ['Teredo', 'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:1/'],
    ['link-local v6', 'http://[fe80::1]:1/'],
    ['unique local', 'http://[fd12:3456::1]:1/'],
    ['metadata v6', 'http://[fd00:ec2::254]/'],
    ['site-local, deprecated', 'http://[fec0::1]:1/'],
    ['multicast v6', 'http://[ff02::1]:1/'],
    ['documentation v6', 'http://[2001:db8::1]:1/'],
    ['documentation v6, new', 'http://[3fff::1]:1/'],
    ['discard', 'http://[100::1]:1/'],
    ['segment routing', 'http://[5f00::1]:1/'],
    ['unassigned', 'http://[4000::1]:1/'],
  ])('%s: %s', async (_name, url) => {
    expect(await outcome(url)).toBe('address_refused')
  })

  it('a zone in a literal makes the URL invalid', async () => {
    expect(await outcome('http://[fe80::1%25eth0]:1/')).toBe('invalid_url')
  })

  it('a zone in an address from the name service hides nothing', async () => {
    expect(await outcome('http://host.example:1/', {}, ['fe80::1%eth0'])).toBe('address_refused')
  })
})

describe('a name is judged by its addresses', () => {
  it.each([['10.0.0.1'], ['::ffff:10.0.0.1'], ['169.254.169.254'], ['::1'], ['0.0.0.0']])(
    '%s behind a name is refused',
    async (address) => {
      expect(await outcome('http://innocent.example:1/', {}, [address])).toBe('address_refused')
    },
  )

  it('one bad address among good ones refuses the name', async () => {
    expect(await outcome('http://mixed.example:1/', {}, ['8.8.8.8', '10.0.0.1'])).toBe('address_refused')
  })

  it('an internationalised name is resolved in its ASCII form', async () => {
    const asked: string[] = []
    const resolve = async (host: string) => (asked.push(host), ['10.0.0.1'])
    await send(
      { method: 'GET', url: 'http://bücher.example/', headers: [], body: null },
      { timeoutMs: 300, secrets: new SecretBook() },
      { policy: closed, resolve },
    )
    expect(asked).toEqual(['xn--bcher-kva.example'])
  })

  it('a result of the name service that is not an address is an error of the name', async () => {
    expect(await outcome('http://odd.example:1/', {}, ['not an address'])).toBe('dns_failed')
    expect(await outcome('http://empty.example:1/', {}, [])).toBe('dns_failed')
  })
})

// Shows D24.
describe('what an administrator allows', () => {
  it('loopback open covers loopback in every form and nothing else', async () => {
    for (const url of ['http://127.0.0.1:1/', 'http://[::1]:1/', 'http://[::ffff:127.0.0.1]:1/']) {
      expect(await outcome(url, { loopbackOpen: true })).toBe('connection_failed')
    }
    expect(await outcome('http://10.0.0.1:1/', { loopbackOpen: true })).toBe('address_refused')
    expect(await outcome('http://0.0.0.0:1/', { loopbackOpen: true })).toBe('address_refused')
  })

  it('a range only opens its own addresses', async () => {
    expect(await outcome('http://127.0.0.2:1/', allow('127.0.0.0/30'))).toBe('connection_failed')
    expect(await outcome('http://127.0.0.9:1/', allow('127.0.0.0/30'))).toBe('address_refused')
    expect(await outcome('http://[::1]:1/', allow('127.0.0.0/8'))).toBe('address_refused')
  })

  it('a mapped range is compared as its IPv4 range', async () => {
    expect(await outcome('http://127.0.0.1:1/', allow('::ffff:127.0.0.0/104'))).toBe('connection_failed')
  })

  it('a single address without a mask is allowed alone', async () => {
    expect(await outcome('http://127.0.0.1:1/', allow('127.0.0.1'))).toBe('connection_failed')
    expect(await outcome('http://127.0.0.2:1/', allow('127.0.0.1'))).toBe('address_refused')
  })

  it('a metadata address has to be listed itself: a range that contains it does not open it', async () => {
    expect(await outcome('http://169.254.169.254:1/', allow('169.254.0.0/16', '0.0.0.0/0'))).toBe('address_refused')
    expect(await outcome('http://100.100.100.200:1/', allow('100.64.0.0/10'))).toBe('address_refused')
    expect(isAllowed('169.254.169.254', allow('169.254.169.254/32'))).toBe(true)
    expect(isAllowed('169.254.169.254', allow('169.254.0.0/16'))).toBe(false)
  })

  it('permission for a translated range is no permission for the addresses behind it', async () => {
    expect(await outcome('http://[64:ff9b::127.0.0.1]:1/', allow('64:ff9b::/96'))).toBe('address_refused')
    expect(isAllowed('64:ff9b::8.8.8.8', allow('64:ff9b::/96'))).toBe(true)
    expect(isAllowed('2002:808:808::', allow('2002::/16'))).toBe(true)
    expect(isAllowed('2002:a00:1::', allow('2002::/16'))).toBe(false)
    expect(isAllowed('2001:0:4136:e378:8000:63bf:f7f7:f7f7', allow('2001::/32'))).toBe(true)
    expect(isAllowed('2001:0:4136:e378:8000:63bf:80ff:fffe', allow('2001::/32'))).toBe(false)
  })

  it('host:port opens that port of that host, whatever its address', async () => {
    const policy = allow('intern.example:8080')
    expect(await outcome('http://intern.example:8080/', policy, ['127.0.0.1'])).toBe('connection_failed')
    expect(await outcome('http://INTERN.example.:8080/', policy, ['127.0.0.1'])).toBe('connection_failed')
    expect(await outcome('http://intern.example:8081/', policy, ['127.0.0.1'])).toBe('address_refused')
    expect(await outcome('http://other.example:8080/', policy, ['127.0.0.1'])).toBe('address_refused')
    expect(await outcome('http://intern.example:8080/', policy, ['169.254.169.254'])).toBe('address_refused')
  })

  it('an invalid entry is an error that names it', () => {
    for (const entry of [
      '10.0.0.0/33',
      'localhost',
      'host:0',
      'host:99999',
      'http://host:80',
      '10.0.0.0/8/8',
      'a b:1',
    ]) {
      expect(() => parseAllowList([entry])).toThrow(`"${entry}"`)
    }
  })
})

describe("the app's own port and its database", () => {
  const own = ownServices({
    port: 33,
    appUrl: 'https://patchbay.example',
    publicUrls: ['https://staging.patchbay.example:8443'],
    databaseUrl: 'postgres://user:pass@db.internal:6543/patchbay',
  })
  const open = { ...allow('0.0.0.0/0', '::/0'), loopbackOpen: true, own }

  it('are refused although their range is allowed, under every name of this machine', async () => {
    const mine = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .find((entry) => entry.family === 'IPv4' && !entry.internal)
    const hosts = [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '127.9.9.9',
      '0.0.0.0',
      '[::ffff:127.0.0.1]',
      ...(mine ? [mine.address] : []),
    ]
    for (const host of hosts)
      expect(await outcome(`http://${host}:33/`, open, ['127.0.0.1']), host).toBe('address_refused')
    expect(await outcome('http://127.0.0.1:34/', open)).toBe('connection_failed')
  })

  it('are refused by public name, whatever the name resolves to', async () => {
    expect(await outcome('https://patchbay.example/', open, ['8.8.8.8'])).toBe('address_refused')
    expect(await outcome('https://PATCHBAY.example.:443/', open, ['8.8.8.8'])).toBe('address_refused')
    expect(await outcome('https://staging.patchbay.example:8443/', open, ['8.8.8.8'])).toBe('address_refused')
  })

  it('the database is refused by name, and by an address that its name has', async () => {
    const resolve = async (host: string) =>
      host === 'db.internal' || host === 'alias.example' ? ['127.0.0.7'] : ['127.0.0.8']
    const via = async (url: string) => {
      const result = await send(
        { method: 'GET', url, headers: [], body: null },
        { timeoutMs: 300, secrets: new SecretBook() },
        { policy: open, resolve },
      )
      return result.ok ? 'answered' : result.error.code
    }
    expect(await via('http://db.internal:6543/')).toBe('address_refused')
    expect(await via('http://alias.example:6543/')).toBe('address_refused')
    expect(await via('http://alias.example:6544/')).toBe('connection_failed')
  })

  it('a database without a host, or with a socket, is on this machine', async () => {
    for (const databaseUrl of ['postgres:///patchbay', 'postgres://u@/patchbay?host=/var/run/postgresql']) {
      const services = ownServices({ port: 1, appUrl: 'http://a.example', publicUrls: [], databaseUrl })
      expect(services).toContainEqual({ kind: 'database', host: 'localhost', port: 5432, onThisMachine: true })
    }
  })

  it('open only when host and port are named', async () => {
    expect(await outcome('http://127.0.0.1:33/', { ...open, ...allow('127.0.0.1:33') })).toBe('connection_failed')
    expect(await outcome('http://localhost:33/', { ...open, ...allow('localhost:33') }, ['127.0.0.1'])).toBe(
      'connection_failed',
    )
    expect(await outcome('http://127.0.0.1:33/', { ...open, ...allow('127.0.0.1/32') })).toBe('address_refused')
  })
})

describe('public addresses', () => {
  it.each([
    ['8.8.8.8'],
    ['1.1.1.1'],
    ['172.32.0.1'],
    ['100.128.0.1'],
    ['2606:4700:4700::1111'],
    ['2a00:1450:4001::1'],
    ['::ffff:8.8.8.8'],
  ])('%s is public', (text) => {
    expect(classifyAddress(parseAddress(text)!).class).toBe('public')
  })
})
