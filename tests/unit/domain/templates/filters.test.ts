import { constants, createHash, createHmac, generateKeyPairSync, verify, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { renderTemplate } from '@/lib/domain/templates/render-template'
import { filterDescriptions, filterNames, filters } from '@/lib/domain/templates/filters'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import type { TemplateContext } from '@/lib/domain/templates/template'
import { SecretBook } from '@/lib/domain/secret-book'
import { aScope, codeOf, refusalOf, textIn, valueOf } from '@/tests/support/definition-builders'

type Values = Parameters<typeof aScope>[0]

function render(source: string, values: Values = {}, context: TemplateContext = {}) {
  const template = parseTemplate(source)
  return template.ok ? textIn(renderTemplate(template.value, aScope(values), context)) : template
}

const rendered = (source: string, values: Values = {}, context: TemplateContext = {}) =>
  valueOf(render(source, values, context))

// Shows C49.
describe('Text filters', () => {
  it.each([
    ['append: "b"', 'a', 'ab'],
    ['prepend: "b"', 'a', 'ba'],
    ['append: other', 'a', 'a-other-'],
    ['replace: ".", "-"', 'a.b.c', 'a-b-c'],
    ['replace: "."', 'a.b.c', 'abc'],
    ['replace: "(", "$&"', '(x(', '$&x$&'],
    ['remove: ".test"', 'a.test.test', 'a'],
    ['split: ":", "0"', 'id:secret', 'id'],
    ['split: "-", 1', 'key-us6', 'us6'],
    ['split: "-", -1', 'a-b-c', 'c'],
    ['split: "-", 0', 'abc', 'abc'],
    ['slice: 0, 2', 'abc', 'ab'],
    ['slice: -2, 2', 'abc', 'bc'],
    ['slice: -9, 2', 'abc', 'ab'],
    ['slice: 1, 99', 'abc', 'bc'],
    ['slice: 9, 1', 'abc', ''],
    ['slice: 0, -1', 'abc', ''],
    ['slice: 1, 1', 'a😀b', '😀'],
    ['strip', ' \t a b\n', 'a b'],
    ['downcase', 'AbÉ', 'abé'],
    ['default: other', 'x', 'x'],
  ])('%s makes %j into %j', (filter, value, expected) => {
    expect(rendered(`{{ x | ${filter} }}`, { x: value, other: '-other-' })).toBe(expected)
  })

  it('default accepts another variable, and refuses it if it is required and empty', () => {
    expect(rendered('{{ x | default: other }}', { x: '', other: 'b' })).toBe('b')
    expect(
      refusalOf(render('{{ x | default: other }}', { x: '', other: { required: true, label: 'Other' } })).message,
    ).toContain('Other (other)')
    expect(rendered('{{ x | default: other }}', { x: 'a', other: { required: true } })).toBe('a')
  })

  it('split refuses a missing piece, and quotes neither the value nor its arguments', () => {
    const refusal = refusalOf(
      render('{{ api_key | split: "-", 1 }}', { api_key: { value: 'planted', secrecy: 'whole' } }),
    )
    expect(refusal).toMatchObject({
      code: 'invalid_value',
      message: expect.stringMatching(/api_key \| split.*fewer pieces/),
    })
    expect(refusal.message).not.toContain('planted')
    const given: Values = {
      x: 'abc',
      separator: { value: 'planted', secrecy: 'whole' },
      index: { value: '4711', secrecy: 'whole' },
    }
    expect(refusalOf(render('{{ x | split: separator, index }}', given)).message).not.toMatch(/planted|4711/)
  })

  it('no part of a secret is quoted if it is not a valid argument', () => {
    const refusal = refusalOf(
      render('{{ moment | date: format }}', { moment: '0', format: { value: 'a %Q b', secrecy: 'whole' } }),
    )
    expect(refusal).toMatchObject({
      code: 'invalid_value',
      message: expect.stringContaining('format cannot be used here'),
    })
    expect(refusal.message).not.toContain('%Q')
  })

  it('an argument of the wrong kind is refused without quoting it', () => {
    const refusal = refusalOf(
      render('{{ x | slice: 0, count }}', { x: 'abc', count: { value: 'planted', secrecy: 'whole' } }),
    )
    expect(refusal.code).toBe('invalid_value')
    expect(refusal.message).not.toContain('planted')
  })
})

// Shows C50.
describe('Encoding filters', () => {
  it.each([
    ['base64_encode', 'Aladdin:open sesame', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['base64_decode', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin:open sesame'],
    ['base64_decode', 'QWxh\nZGRp bjpvcGVuIHNlc2FtZQ', 'Aladdin:open sesame'],
    ['base64url_encode', '>>>???', 'Pj4-Pz8_'],
    ['base64url_decode', 'Pj4-Pz8_', '>>>???'],
    ['hex_encode', 'é', 'c3a9'],
    ['hex_decode', 'C3a9', 'é'],
    ['url_encode', 'a b/+', 'a%20b%2F%2B'],
    ['url_decode', 'a%20b+c%2F%C3%A9', 'a b c/é'],
    ['json', 'a"b', '"a\\"b"'],
    ['json_escape', 'a"b\n', 'a\\"b\\n'],
    ['xml_escape', `<a b="c">'&`, '&lt;a b=&quot;c&quot;&gt;&apos;&amp;'],
  ])('%s makes %j into %j', (filter, value, expected) => {
    expect(rendered(`{{ x | ${filter} }}`, { x: value })).toBe(expected)
  })

  it.each(['base64_decode', 'base64url_decode', 'hex_decode', 'pem_decode', 'url_decode'])(
    '%s refuses invalid input without quoting it',
    (filter) => {
      const refusal = refusalOf(render(`{{ x | ${filter} }}`, { x: 'plänted%' }))
      expect(refusal.code).toBe('invalid_value')
      expect(refusal.message).toContain(filter)
      expect(refusal.message).not.toContain('plänted')
    },
  )

  it('bytes are passed from filter to filter unchanged', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const x = all.toString('hex')
    expect(rendered('{{ x | hex_decode | base64_encode }}', { x })).toBe(all.toString('base64'))
    expect(rendered('{{ x | hex_decode | base64_encode | base64_decode | hex_encode }}', { x })).toBe(x)
    expect(rendered('{{ x | hex_decode | base64url_encode | base64url_decode | sha256 }}', { x })).toBe(
      createHash('sha256').update(all).digest('hex'),
    )
    expect(rendered('{{ x | hex_decode | slice: 250, 6 | hex_encode }}', { x })).toBe('fafbfcfdfeff')
    expect(rendered('{{ x | hex_decode | prepend: "/é" | append: "!" | hex_encode }}', { x })).toBe(`2fc3a9${x}21`)
  })

  it('bytes that are not text are refused as an output and by text filters', () => {
    for (const source of ['{{ x | hex_decode }}', '{{ x | hex_decode | upcase }}', '{{ x | hex_decode | json }}']) {
      expect(refusalOf(render(source, { x: 'ff00' }))).toMatchObject({
        code: 'invalid_value',
        message: expect.stringContaining('bytes are not text'),
      })
    }
  })

  it('a byte order mark is kept as part of the text', () => {
    expect(rendered('{{ x | hex_decode | hex_encode | hex_decode }}', { x: 'efbbbf41' })).toBe('\ufeffA')
  })
})

// Shows C51.
describe('Hashes', () => {
  const vectors: Record<string, [empty: string, abc: string]> = {
    md5: ['d41d8cd98f00b204e9800998ecf8427e', '900150983cd24fb0d6963f7d28e17f72'],
    sha1: ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    sha256: [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ],
    sha384: [
      '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
    sha512: [
      'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
  }

  it.each(Object.entries(vectors))('%s of empty text and of abc (RFC 1321, FIPS 180-4)', (name, [empty, abc]) => {
    expect(rendered(`{{ request_body | ${name} }}`, {}, { reserved: { request_body: '' } })).toBe(empty)
    expect(rendered(`{{ x | ${name} }}`, { x: 'abc' })).toBe(abc)
  })

  it('can be written in hexadecimal, Base64 or Base64url', () => {
    const digest = createHash('sha256').update('é').digest()
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(rendered(`{{ x | sha256: "${encoding}" }}`, { x: 'é' })).toBe(digest.toString(encoding))
  })

  it('do not exist for a missing optional value', () => {
    expect(rendered('[{{ x | sha256 }}]', { x: '' })).toBe('[]')
  })
})

/** RFC 4231 §4.2–4.8 without the truncated one: key and data in hexadecimal. */
const rfc4231: [name: string, key: string, data: string, sha256: string, sha384: string, sha512: string][] = [
  [
    '1',
    '0b'.repeat(20),
    '4869205468657265',
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  ],
  [
    '2',
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  ],
  [
    '3',
    'aa'.repeat(20),
    'dd'.repeat(50),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    '88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27',
    'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
  ],
  [
    '4',
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    '3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb',
    'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
  ],
  [
    '6',
    'aa'.repeat(131),
    Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First').toString('hex'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
    '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  ],
]

/** RFC 2202 §2 and §3. */
const rfc2202: [name: string, key: string, data: string, digest: string][] = [
  ['hmac_md5', '0b'.repeat(16), '4869205468657265', '9294727a3638bb1c13f48ef8158bfc9d'],
  [
    'hmac_md5',
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '750c783e6ab0b503eaa86e310a5db738',
  ],
  ['hmac_md5', 'aa'.repeat(16), 'dd'.repeat(50), '56be34521d144c88dbb8c733f0e8b3f6'],
  ['hmac_sha1', '0b'.repeat(20), '4869205468657265', 'b617318655057264e28bc0b6fb378c8ef146be00'],
  [
    'hmac_sha1',
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  ],
  ['hmac_sha1', 'aa'.repeat(20), 'dd'.repeat(50), '125d7342b9ac11cd91a39af48aa17b4f63f175d3'],
]

// Shows C52.
describe('HMAC', () => {
  it.each(rfc4231)('test case %s of RFC 4231', (_name, key, data, ...digests) => {
    const found = ['256', '384', '512'].map((size) =>
      rendered(`{{ data | hex_decode | hmac_sha${size}: key, "hex", "hex" }}`, { data, key }),
    )
    expect(found).toEqual(digests)
  })

  it.each(rfc2202)('%s with the key %s (RFC 2202)', (name, key, data, digest) => {
    expect(rendered(`{{ data | hex_decode | ${name}: key, "hex", "hex" }}`, { data, key })).toBe(digest)
  })

  it('accepts its key as text, hexadecimal, Base64 or Base64url, and has three output encodings', () => {
    const key = Buffer.from('fffe00a1b2', 'hex')
    for (const form of ['hex', 'base64', 'base64url'] as const) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        expect(
          rendered(`{{ x | hmac_sha256: key, "${encoding}", "${form}" }}`, { x: 'ä', key: key.toString(form) }),
        ).toBe(createHmac('sha256', key).update('ä').digest(encoding))
      }
    }
    expect(rendered('{{ x | hmac_sha512: key }}', { x: 'ä', key: 'schlüssel' })).toBe(
      createHmac('sha512', 'schlüssel').update('ä').digest('hex'),
    )
  })

  it('is refused without a key', () => {
    expect(refusalOf(render('{{ x | hmac_sha256: key }}', { x: 'a', key: { label: 'Key' } }))).toMatchObject({
      code: 'missing_value',
      message: expect.stringContaining('Key (key)'),
    })
    expect(codeOf(render('{{ x | hmac_sha256: missing }}', { x: 'a' }))).toBe('unknown_variable')
    expect(codeOf(render('{{ x | hmac_sha256: "" }}', { x: 'a' }))).toBe('missing_value')
  })

  it('reports an invalid key without quoting it', () => {
    const refusal = refusalOf(
      render('{{ x | hmac_sha256: key, "hex", "hex" }}', { x: 'a', key: { value: 'planted', secrecy: 'whole' } }),
    )
    expect(refusal.code).toBe('invalid_value')
    expect(refusal.message).not.toContain('planted')
  })
})

// Shows C53.
describe('Signatures', () => {
  const pem = (pair: { privateKey: { export: (options: { type: 'pkcs8'; format: 'pem' }) => string | Buffer } }) =>
    String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')

  it.each(['rs256', 'rs384', 'rs512', 'rs1', 'ps256', 'ps512'])(
    'sign_%s is verified with the public key',
    (algorithm) => {
      const signed = Buffer.from(
        rendered(`{{ x | sign_${algorithm}: key }}`, { x: 'text', key: pem(rsa) }, { signer }),
        'base64',
      )
      const hash = algorithm.endsWith('s1') ? 'sha1' : `sha${algorithm.slice(2)}`
      const key = algorithm.startsWith('p')
        ? { key: rsa.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING }
        : rsa.publicKey
      expect(verify(hash, Buffer.from('text'), key, signed)).toBe(true)
    },
  )

  it('sign_es256 returns r and s, and sign_eddsa the 64 bytes of RFC 8032', () => {
    const es = Buffer.from(
      rendered('{{ x | sign_es256: key, "base64url" }}', { x: 'text', key: pem(ec) }, { signer }),
      'base64url',
    )
    expect(verify('sha256', Buffer.from('text'), { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, es)).toBe(true)
    const eddsa = Buffer.from(
      rendered('{{ x | sign_eddsa: key, "hex" }}', { x: 'text', key: pem(ed) }, { signer }),
      'hex',
    )
    expect(verify(null, Buffer.from('text'), ed.publicKey, eddsa)).toBe(true)
  })

  it('are secret, are refused without a signer, and are not computed only to check for missing values', () => {
    const values: Values = { x: 'text', key: { value: pem(ed), secrecy: 'whole' } }
    const secrets = new SecretBook()
    const signed = rendered('{{ x | sign_eddsa: key }}', values, { signer, secrets })
    expect(secrets.texts()).toEqual([signed])
    expect(codeOf(render('{{ x | sign_eddsa: key }}', values))).toBe('unexpected')
  })
})

// Shows C51.
describe('Fingerprints', () => {
  const keys = forge.pki.rsa.generateKeyPair(1024)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = keys.publicKey
  certificate.sign(keys.privateKey, forge.md.sha256.create())
  const pem = forge.pki.certificateToPem(certificate)
  const der = new X509Certificate(pem).raw

  // Shows C28.
  it('of a certificate are hashes of its DER form, as for x5t and x5t#S256 (RFC 7515 §4.1.7)', () => {
    expect(rendered('{{ x | fingerprint }}', { x: pem })).toBe(createHash('sha256').update(der).digest('hex'))
    expect(rendered('{{ x | fingerprint: "sha1", "base64url" }}', { x: pem })).toBe(
      createHash('sha1').update(der).digest('base64url'),
    )
    expect(rendered('{{ x | fingerprint }}', { x: pem.replaceAll('\r\n', '\\n') })).toBe(
      createHash('sha256').update(der).digest('hex'),
    )
    expect(rendered('{{ x | pem_decode | base64_encode }}', { x: pem })).toBe(der.toString('base64'))
  })

  it('of a private key are refused', () => {
    expect(
      refusalOf(render('{{ x | fingerprint }}', { x: forge.pki.privateKeyToPem(keys.privateKey) })).message,
    ).toContain('private key')
    expect(codeOf(render('{{ x | fingerprint }}', { x: 'no PEM' }))).toBe('invalid_value')
  })
})

// Shows C55.
describe('Dates', () => {
  const now = '2026-02-03T04:05:06.789Z'
  it.each([
    ['unix', '1770091506'],
    ['unix_ms', '1770091506789'],
    ['iso', '2026-02-03T04:05:06Z'],
    ['iso_ms', now],
    ['iso_basic', '20260203T040506Z'],
    ['http', 'Tue, 03 Feb 2026 04:05:06 GMT'],
    ['%Y-%m-%dT%H:%M:%SZ', '2026-02-03T04:05:06Z'],
    ['%y %e %j %I %p %P %L %f %N', '26  3 034 04 AM am 789 789000 789000000'],
    ['%A %a %B %b %u %w %s', 'Tuesday Tue February Feb 2 2 1770091506'],
    ['%F %T %R %D %z %:z %Z %%', '2026-02-03 04:05:06 04:05 02/03/26 +0000 +00:00 UTC %'],
    ['%-d/%-m/%Y %-H:%M', '3/2/2026 4:05'],
    ['day: %d', 'day: 03'],
  ])('in the format %s', (format, expected) => {
    expect(rendered(`{{ now | date: "${format}" }}`, {}, { reserved: { now } })).toBe(expected)
  })

  it.each([
    ['+1h', '2026-02-03T05:05:06Z'],
    ['-5m', '2026-02-03T04:00:06Z'],
    ['+30d', '2026-03-05T04:05:06Z'],
    ['+86400s', '2026-02-04T04:05:06Z'],
    ['-1w', '2026-01-27T04:05:06Z'],
    ['+211ms', '2026-02-03T04:05:07Z'],
  ])('with the offset %s', (offset, expected) => {
    expect(rendered(`{{ now | date: "iso", "${offset}" }}`, {}, { reserved: { now } })).toBe(expected)
    expect(rendered('{{ now | date: "iso", offset }}', { offset }, { reserved: { now } })).toBe(expected)
  })

  it.each([
    ['1770091506', '2026-02-03T04:05:06.000Z'],
    ['1770091506789', now],
    ['1770091506.5', '2026-02-03T04:05:06.500Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['-1', '1969-12-31T23:59:59.000Z'],
    ['2026-02-03', '2026-02-03T00:00:00.000Z'],
    ['2026-02-03T04:05:06', '2026-02-03T04:05:06.000Z'],
    ['2026-02-03 04:05', '2026-02-03T04:05:00.000Z'],
    ['2026-02-03T04:05:06+02:00', '2026-02-03T02:05:06.000Z'],
    ['Tue, 03 Feb 2026 04:05:06 GMT', '2026-02-03T04:05:06.000Z'],
  ])('can be %s, in UTC if it has no time zone', (x, expected) => {
    expect(rendered('{{ x | date: "iso_ms" }}', { x })).toBe(expected)
  })

  it.each(['soon', '2026-13-40', '12/31/2026', '99999999999999999', '2026-02-03T04:05:06 nonsense'])(
    'cannot be %s',
    (x) => {
      expect(codeOf(render('{{ x | date: "iso" }}', { x }))).toBe('invalid_value')
    },
  )

  it('outside the years 0 to 9999 are refused', () => {
    expect(codeOf(render('{{ x | date: "iso", "+9999999999w" }}', { x: '0' }))).toBe('invalid_value')
  })

  it('with the day of a leap year and the twelve-hour clock', () => {
    expect(rendered('{{ x | date: "%j %I%p" }}', { x: '2024-12-31T12:00:00Z' })).toBe('366 12PM')
    expect(rendered('{{ x | date: "%j %I%p" }}', { x: '2024-03-01T00:30:00Z' })).toBe('061 12AM')
  })
})

// Shows C51.
describe('Digits', () => {
  it('have the requested number, are the same for the same value, and never start with 0', () => {
    for (let count = 2; count <= 40; count += 1) {
      const first = rendered(`{{ nonce | digits: ${count} }}`, {}, { reserved: { nonce: 'a'.repeat(count) } })
      expect(first).toMatch(new RegExp(`^[1-9]\\d{${count - 1}}$`))
      expect(rendered(`{{ nonce | digits: "${count}" }}`, {}, { reserved: { nonce: 'a'.repeat(count) } })).toBe(first)
    }
    expect(rendered('{{ x | digits: 1 }}', { x: 'a' })).toMatch(/^\d$/)
  })
})

describe('The filter reference', () => {
  it('has a description, the parameters and a valid example for every filter', () => {
    expect(filterDescriptions.map(({ name }) => name)).toEqual(filterNames)
    for (const { name, signature, description, example } of filterDescriptions) {
      expect(signature.startsWith(name)).toBe(true)
      expect(description.length).toBeGreaterThan(5)
      expect(example).toContain(`| ${name}`)
      expect(codeOf(parseTemplate(example)), example).toBe('accepted')
    }
  })

  it('states the default of an argument', () => {
    expect(filterDescriptions.find(({ name }) => name === 'hmac_sha256')?.signature).toBe(
      'hmac_sha256: key, encoding = "hex", key_encoding = "text"',
    )
    for (const name of filterNames)
      for (const { choices, fallback } of filters[name].parameters)
        if (choices && fallback !== undefined) expect(choices).toContain(fallback)
  })
})
