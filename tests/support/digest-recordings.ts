import { createHash } from 'node:crypto'

/**
 * Exchanges of curl 7.88 with Apache 2.4 (mod_auth_digest), recorded byte by byte. Headers are written with one
 * character per byte: `\xc3\xbc` is `ü` in UTF-8 and `\xfc` is `ü` in Latin-1. Apache announces no charset.
 */

export type DigestRecording = {
  what: string
  username: string
  /** As both sides used it, in the header and in the hash. */
  usernameBytes: Buffer
  realmBytes: Buffer
  path: string
  /** The value of WWW-Authenticate. */
  challenge: string
  cnonce: string
  /** What curl sent, and Apache accepted with a 200. */
  response: string
}

export const recordedPassword = 'S\u00e9same ouvre-toi'

const ascii = Buffer.from('acme', 'latin1')
/** `Jäsøn` in UTF-8. */
const jason = Buffer.from('4ac3a473c3b86e', 'hex')
/** `Bestellungen für Händler`, in UTF-8 and in Latin-1. */
const ordersInUtf8 = Buffer.from('42657374656c6c756e67656e2066c3bc722048c3a46e646c6572', 'hex')
const ordersInLatin1 = Buffer.from('42657374656c6c756e67656e2066fc722048e46e646c6572', 'hex')

export const digestRecordings: DigestRecording[] = [
  {
    what: 'a realm in UTF-8',
    username: 'acme',
    usernameBytes: ascii,
    realmBytes: ordersInUtf8,
    path: '/utf8/orders.json',
    challenge:
      'Digest realm="Bestellungen f\xc3\xbcr H\xc3\xa4ndler", nonce="Aj0qi1thBgA=8465c340ad816c2602f3bd80306bb099c0f38805", algorithm=MD5, qop="auth"',
    cnonce: 'YmJiYzRjNDJkN2IxODY1YWJmMjNiM2JlYmJlOWQ1ZjQ=',
    response: '4bb1d5898a094ea1dc9e49a3570de91a',
  },
  {
    what: 'a realm in Latin-1',
    username: 'acme',
    usernameBytes: ascii,
    realmBytes: ordersInLatin1,
    path: '/latin/orders.json',
    challenge:
      'Digest realm="Bestellungen f\xfcr H\xe4ndler", nonce="ypwri1thBgA=06c17b11ad1c3675be2e26a10a739ebd7c2cf3fd", algorithm=MD5, qop="auth"',
    cnonce: 'YWEwMjRiZGIzZDYzNDU2ZTA5NmQxMjljNDRjZTYyODg=',
    response: '5ec59f71f5bb28b78eeef301a47e6052',
  },
  {
    what: 'a username with other letters',
    username: 'J\u00e4s\u00f8n',
    usernameBytes: jason,
    realmBytes: Buffer.from('orders', 'latin1'),
    path: '/ascii/orders.json',
    challenge:
      'Digest realm="orders", nonce="/7Iti1thBgA=dc3f411c2c4ea5f613c44b9b408c33dbc97720a4", algorithm=MD5, qop="auth"',
    cnonce: 'YzExNDc2ZThmYWFiYjJlOTAyZjU0Y2FjMDE4MjAxNDE=',
    response: '8af7fba9ee9f9bce7cc52a3b3dfb1874',
  },
  {
    what: 'a username with other letters and a realm in Latin-1',
    username: 'J\u00e4s\u00f8n',
    usernameBytes: jason,
    realmBytes: ordersInLatin1,
    path: '/latin/orders.json',
    challenge:
      'Digest realm="Bestellungen f\xfcr H\xe4ndler", nonce="wE4si1thBgA=b4efa11f7be5ef3e503af0d7be68cb79d3f88a0a", algorithm=MD5, qop="auth"',
    cnonce: 'ZTQ4NzU4MWZhZWJiMTQyN2Y5ODVkMWIzODlmZjU5ZDc=',
    response: 'dae7d0be27f40ca2a7c96b1916ff19b7',
  },
]

/** RFC 7616 §3.4.1 for `GET`, MD5 and `auth`, over the bytes of the recording. */
export function responseOverBytes({ usernameBytes, realmBytes, path, challenge }: DigestRecording, cnonce: string) {
  const md5 = (...parts: (Buffer | string)[]) =>
    createHash('md5')
      .update(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))))
      .digest('hex')
  const nonce = /nonce="([^"]+)"/.exec(challenge)![1]!
  const secret = md5(usernameBytes, ':', realmBytes, ':', recordedPassword)
  return md5(`${secret}:${nonce}:00000001:${cnonce}:auth:`, md5(`GET:${path}`))
}
