import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { parseChallenges } from '@/lib/domain/signatures/challenges'
import { answerDigest, type DigestCredentials } from '@/lib/domain/signatures/digest'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'
import { digestRecordings, recordedPassword, responseOverBytes } from '@/tests/support/digest-recordings'
import { hostileChallenges } from '@/tests/support/hostile-inputs'

const request: OutboundRequest = {
  method: 'GET',
  url: 'http://www.example.org/dir/index.html',
  headers: [],
  body: null,
}
const mufasa: DigestCredentials = {
  username: 'Mufasa',
  password: 'Circle of Life',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
}

function answer(challenges: string[], given: Partial<DigestCredentials> = {}, sent: Partial<OutboundRequest> = {}) {
  return answerDigest({ ...request, ...sent }, parseChallenges(challenges), { ...mufasa, ...given })
}

function fields(challenge: string, given: Partial<DigestCredentials> = {}, sent: Partial<OutboundRequest> = {}) {
  const header = valueOf(answer([challenge], given, sent)) ?? ''
  const pairs = [...header.matchAll(/([a-z]+\*?)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(
    ([, name, quoted, plain]) => [name, quoted ?? plain],
  )
  return Object.fromEntries(pairs) as Record<string, string>
}

const hash = (text: string) => createHash('md5').update(text).digest('hex')

describe('A published example of Digest', () => {
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'

  it('RFC 7616 §3.9.1, SHA-256', () => {
    expect(valueOf(answer([challenge('SHA-256'), challenge('MD5')]))).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
        'uri="/dir/index.html", algorithm=SHA-256, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", ' +
        'qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", ' +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    )
  })

  it('RFC 7616 §3.9.1, MD5', () => {
    expect(fields(challenge('MD5')).response).toBe('8ca523f5e9506fed4657c9700eebdbec')
  })

  it('RFC 7616 §3.9.2, SHA-512-256 and the user name hashed', () => {
    const userhash =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ' +
      'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true'
    const given = {
      username: 'J\u00E4s\u00F8n Doe',
      password: 'Secret, or not?',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
    }
    const sent = { url: 'http://api.example.org/doe.json' }
    const user = '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b'
    // Erratum 4897 corrects the example.
    const response = '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5'
    expect(fields(userhash, given, sent)).toMatchObject({
      username: user,
      userhash: 'true',
      uri: '/doe.json',
      response,
    })
  })

  it('RFC 2617 §3.5', () => {
    const older =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    const answered = fields(
      older,
      { password: 'Circle Of Life', cnonce: '0a4f113b' },
      { url: 'http://www.nowhere.org/dir/index.html' },
    )
    expect(answered).toMatchObject({
      response: '6629fae49393a05397450978507c4ef1',
      opaque: '5ccc069c403ebaf9f0171e9517f40e41',
    })
    expect(answered).not.toHaveProperty('algorithm')
  })
})

describe('A Digest header that curl sent and Apache accepted', () => {
  it.each(digestRecordings)('$what', (recording) => {
    const { challenge, username, usernameBytes, realmBytes, path, cnonce, response } = recording
    const given = { username, password: recordedPassword, cnonce }
    const answered = fields(challenge, given, { url: `http://127.0.0.1:18081${path}` })
    expect(responseOverBytes(recording, cnonce)).toBe(response)
    expect(answered.response).toBe(response)
    expect(answered.username).toBe(usernameBytes.toString('latin1'))
    expect(answered.realm).toBe(realmBytes.toString('latin1'))
    expect(answered).not.toHaveProperty('username*')
  })
})

describe('The Digest header', () => {
  const nonce = 'nonce="n", realm="r"'

  it('without qop follows RFC 2069, without the client’s count and nonce', () => {
    const answered = fields(`Digest ${nonce}`)
    expect(answered.response).toBe(hash(`${hash('Mufasa:r:Circle of Life')}:n:${hash('GET:/dir/index.html')}`))
    expect(answered).not.toHaveProperty('nc')
    expect(answered).not.toHaveProperty('cnonce')
  })

  it('with a session algorithm has both nonces in the hash of the password', () => {
    const answered = fields(`Digest ${nonce}, algorithm=MD5-sess, qop="auth"`, { cnonce: 'c' })
    const secret = hash(`${hash('Mufasa:r:Circle of Life')}:n:c`)
    expect(answered.response).toBe(hash(`${secret}:n:00000001:c:auth:${hash('GET:/dir/index.html')}`))
    expect(answered.algorithm).toBe('MD5-sess')
    expect(fields(`Digest ${nonce}, algorithm=SHA-256-sess`, { cnonce: 'c' })).toMatchObject({
      cnonce: 'c',
      algorithm: 'SHA-256-sess',
    })
  })

  it('includes the body with auth-int, if the server offers nothing else', () => {
    const sent = { method: 'POST', body: '{"a":1}' } as const
    const answered = fields(`Digest ${nonce}, qop="auth-int"`, { cnonce: 'c' }, sent)
    const asked = hash(`POST:/dir/index.html:${hash('{"a":1}')}`)
    expect(answered).toMatchObject({
      qop: 'auth-int',
      response: hash(`${hash('Mufasa:r:Circle of Life')}:n:00000001:c:auth-int:${asked}`),
    })
  })

  it('has the query in its URI, but not the fragment', () => {
    expect(fields(`Digest ${nonce}`, {}, { url: 'https://a.test/b?c=d%20e#f' }).uri).toBe('/b?c=d%20e')
  })

  it('responds to the strongest challenge, in any order', () => {
    const weak = `Digest ${nonce}, algorithm=MD5, qop="auth"`
    const strong = `Digest ${nonce}, algorithm=SHA-256, qop="auth"`
    const strongest = `Digest ${nonce}, algorithm=SHA-512-256, qop="auth"`
    expect(valueOf(answer([weak, strong]))).toContain('algorithm=SHA-256,')
    expect(valueOf(answer([strong, weak, strongest]))).toContain('algorithm=SHA-512-256,')
    expect(valueOf(answer([`Digest ${nonce}, algorithm=X-NEW`, weak]))).toContain('algorithm=MD5,')
  })

  it('has a non-ASCII user name in the encoding of RFC 8187 if the server announces UTF-8', () => {
    const announced = fields(`Digest ${nonce}, charset=utf-8`, { username: 'Jäsøn' })
    expect(announced['username*']).toBe("UTF-8''J%C3%A4s%C3%B8n")
    expect(announced).not.toHaveProperty('username')
    const [username, password] = [Buffer.from('4ac3a473c3b86e', 'hex'), Buffer.from(':Circle of Life')]
    const known = createHash('md5')
      .update(Buffer.concat([username, Buffer.from(':r'), password]))
      .digest('hex')
    expect(announced.response).toBe(hash(`${known}:n:${hash('GET:/dir/index.html')}`))
  })

  it('hashes a user name together with the bytes of the realm', () => {
    const answered = fields('Digest realm="f\xfcr", nonce="n", userhash=true', { username: 'Jäsøn' })
    const bytes = Buffer.from('4ac3a473c3b86e3a66fc72', 'hex')
    expect(answered).toMatchObject({ username: createHash('md5').update(bytes).digest('hex'), userhash: 'true' })
    expect(answered).not.toHaveProperty('username*')
  })

  it('escapes quotes in a user name, and refuses control characters', () => {
    expect(valueOf(answer([`Digest ${nonce}`], { username: 'a"b\\c' }))).toContain('username="a\\"b\\\\c"')
    expect(codeOf(answer([`Digest ${nonce}`], { username: 'a\r\nX: 1' }))).toBe('invalid_value')
  })

  it('is missing without a Digest challenge, and is refused if the challenge is not supported', () => {
    expect(valueOf(answer([]))).toBeNull()
    expect(valueOf(answer(['Basic realm="a"', 'Negotiate']))).toBeNull()
    for (const challenge of [
      `Digest ${nonce}, algorithm=SHA-1`,
      `Digest ${nonce}, qop="other"`,
      'Digest realm="r"',
      'Digest nonce="n"',
    ]) {
      expect(refusalOf(answer([challenge])).message).toContain('not supported')
      expect(JSON.stringify(answer([challenge]))).not.toContain('Circle')
    }
  })
})

describe('Challenges of WWW-Authenticate (RFC 9110 §11.6.1)', () => {
  const read = (...lines: string[]) =>
    parseChallenges(lines).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])

  it('can be several in one header, and in several headers', () => {
    expect(
      read(
        'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
        'Digest realm="d" , nonce="a,b=c"',
      ),
    ).toEqual([
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ['basic', { realm: 'simple' }],
      ['digest', { realm: 'd', nonce: 'a,b=c' }],
    ])
  })

  it('can have no parameters or one token, and names in any case', () => {
    expect(read('Negotiate, NTLM', 'Negotiate YWJj=, DIGEST Realm = "r", NONCE=n')).toEqual([
      ['negotiate', {}],
      ['ntlm', {}],
      ['negotiate', {}],
      ['digest', { realm: 'r', nonce: 'n' }],
    ])
  })

  it('can have empty elements, and duplicate parameters, of which the first is used', () => {
    expect(read(', ,Digest realm="a",, realm="b",')).toEqual([['digest', { realm: 'a' }]])
  })

  it('are ignored from the first invalid character of a header', () => {
    expect(read('Basic realm="a", Digest realm="not closed')).toEqual([['basic', { realm: 'a' }]])
    for (const line of ['"', '=', 'Digest realm="', '\u0000', 'Digest realm=@']) expect(read(line)).toEqual([])
    expect(read('realm="without a scheme"')).toEqual([])
  })

  it('are read in linear time', () => {
    expect(hostileChallenges.map((line) => read(line).length)).toEqual([49_999, 0, 1, 0])
  })
})
