import { describe, expect, test } from 'vitest'
import { isOwnHost } from '@/lib/platform/door/own-hosts'

const machine = () => ({ name: 'Box.example.org', addresses: ['192.168.1.5', '[fe80::1]', '127.0.0.1'] })
const fresh = { configured: [], onlyConfigured: false, isSetUp: false }
const setUp = { configured: [], onlyConfigured: false, isSetUp: true }
const withAppUrl = {
  configured: ['https://patchbay.example.com', 'https://staging.example.com:8443'],
  onlyConfigured: true,
  isSetUp: true,
}
const withPublicUrls = { configured: ['https://staging.example.com'], onlyConfigured: false, isSetUp: false }

const accepted = (host: string | undefined, names: typeof setUp | typeof withAppUrl) => isOwnHost(host, names, machine)

describe('until set-up is done', () => {
  test.each(['localhost', 'localhost:3000', 'LOCALHOST.:3000', '127.0.0.1:3000', '127.8.9.1', '[::1]:3000'])(
    'this machine is %s',
    (host) => expect(accepted(host, fresh)).toBe(true),
  )
  test.each(['192.168.1.5:8080', '[fe80::1]:3000', '[FE80:0::1]'])(
    'an address of this machine is accepted: %s',
    (host) => expect(accepted(host, fresh)).toBe(true),
  )
  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    '192.168.1.6',
    '8.8.8.8',
    '[::2]',
    'box',
    'box.local',
  ])('another name is refused: %s', (host) => expect(accepted(host, fresh)).toBe(false))
  test.each([
    undefined,
    '',
    ' ',
    'localhost:',
    'localhost:x',
    'a b',
    'localhost/x',
    'dana@localhost',
    '[::1',
    'localhost,evil.example',
  ])('an invalid host is refused: %s', (host) => expect(accepted(host, fresh)).toBe(false))
})

describe('after set-up, without APP_URL', () => {
  test.each(['localhost:3000', '192.168.1.5', 'box', 'BOX:3000', 'box.local', 'box.local.:3000', 'box.example.org'])(
    'the name of this machine is also accepted: %s',
    (host) => expect(accepted(host, setUp)).toBe(true),
  )
  test.each(['evil.example', 'box.evil.example', 'box.local.evil.example', '8.8.8.8'])(
    'another name is refused: %s',
    (host) => expect(accepted(host, setUp)).toBe(false),
  )
})

describe('with APP_URL', () => {
  test.each(['patchbay.example.com', 'Patchbay.Example.com:443', 'patchbay.example.com:9999', 'staging.example.com'])(
    'its name and those of PATCHBAY_PUBLIC_URLS are accepted on any port: %s',
    (host) => expect(accepted(host, withAppUrl)).toBe(true),
  )
  test.each(['localhost:3000', '127.0.0.1', '192.168.1.5', 'box', 'example.com', 'x.patchbay.example.com'])(
    'all others are refused: %s',
    (host) => expect(accepted(host, withAppUrl)).toBe(false),
  )
})

test('PATCHBAY_PUBLIC_URLS alone adds names and removes none', () => {
  expect(accepted('staging.example.com', withPublicUrls)).toBe(true)
  expect(accepted('localhost:3000', withPublicUrls)).toBe(true)
  expect(accepted('box', withPublicUrls)).toBe(false)
})
