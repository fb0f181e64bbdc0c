import { describe, expect, test } from 'vitest'
import {
  isReturnAddress,
  longestReturnAddress,
  mostReturnAddresses,
  normalReturnAddress,
  returnAddressWith,
  returnAddressesFault,
  returnAddressFault,
} from '@/lib/domain/urls/return-address'

const entry = 'https://app.example.com/done'
const list = [entry, 'https://app.example.com/done?from=patchbay', 'http://localhost:4000/callback']

describe('A browser may go to', () => {
  test.each([
    ['an entry', entry],
    ['an entry with its query', 'https://app.example.com/done?from=patchbay'],
    ['an entry on loopback', 'http://localhost:4000/callback'],
    ['an entry with scheme and host in other case', 'HTTPS://App.Example.COM/done'],
    ['an entry with the default port', 'https://app.example.com:443/done'],
  ])('%s', (_, url) => {
    expect(isReturnAddress(list, url)).toBe(true)
  })
})

describe('A browser may not go to', () => {
  test.each([
    ['nothing', ''],
    ['another path', 'https://app.example.com/other'],
    ['the path in other case', 'https://app.example.com/Done'],
    ['a longer path', 'https://app.example.com/done/more'],
    ['the path with a slash at its end', 'https://app.example.com/done/'],
    ['an added query', 'https://app.example.com/done?next=https://evil.example'],
    ['an empty query', 'https://app.example.com/done?'],
    ['an added fragment', 'https://app.example.com/done#token'],
    ['an empty fragment', 'https://app.example.com/done#'],
    ['http in place of https', 'http://app.example.com/done'],
    ['another port', 'https://app.example.com:444/done'],
    ['a host that begins like it', 'https://app.example.com.evil.example/done'],
    ['a host that ends like it', 'https://evilapp.example.com/done'],
    ['a host with a trailing dot', 'https://app.example.com./done'],
    ['the entry as a user name', 'https://app.example.com@evil.example/done'],
    ['the entry as a user name and a password', 'https://app.example.com:443@evil.example/done'],
    ['the entry with a user name', 'https://evil@app.example.com/done'],
    ['the entry with an empty user name', 'https://@app.example.com/done'],
    ['the entry with an encoded user name', 'https://evil.example%2f@app.example.com/done'],
    ['backslashes in place of slashes', 'https:\\\\app.example.com\\done'],
    ['a backslash in place of the first slash of the path', 'https://app.example.com\\done'],
    ['a backslash after the host', 'https://app.example.com\\@evil.example/done'],
    ['a backslash before another host', 'https://evil.example\\@app.example.com/done'],
    ['one slash', 'https:/app.example.com/done'],
    ['no slash', 'https:app.example.com/done'],
    ['three slashes', 'https:///app.example.com/done'],
    ['no scheme', '//app.example.com/done'],
    ['a path alone', '/done'],
    ['an encoded letter of the path', 'https://app.example.com/d%6Fne'],
    ['an encoded slash', 'https://app.example.com%2fdone'],
    ['an encoded letter of the host', 'https://app.ex%61mple.com/done'],
    ['a full-width host', 'https://app.example.com%ef%bc%8f.evil.example/done'],
    ['a traversal to it', 'https://app.example.com/other/../done'],
    ['an encoded traversal to it', 'https://app.example.com/other/%2E%2e/done'],
    ['a half encoded traversal to it', 'https://app.example.com/other/.%2e/done'],
    ['a path with a dot', 'https://app.example.com/./done'],
    ['a traversal at the end', 'https://app.example.com/done/x/..'],
    ['javascript', 'javascript:alert(1)//https://app.example.com/done'],
    ['javascript with an entry', 'javascript://app.example.com/done%0aalert(1)'],
    ['data', 'data:text/html,https://app.example.com/done'],
    ['an app scheme', 'com.example.app://done'],
    ['a space before it', ` ${entry}`],
    ['a tab inside', 'https://app.example.com/do\tne'],
    ['a line break inside the scheme', 'htt\nps://app.example.com/done'],
    ['a line break and a header', `${entry}\r\nSet-Cookie: a=b`],
    ['a null character', `${entry}\0`],
    ['a zero-width character', 'https://app\u200b.example.com/done'],
    ['a lone surrogate', `${entry}\ud800`],
    ['a wildcard', 'https://*.example.com/done'],
  ])('%s', (_, url) => {
    expect(isReturnAddress(list, url)).toBe(false)
  })

  test('anything while the list is empty', () => {
    expect(isReturnAddress([], entry)).toBe(false)
  })
})

describe('The normal form', () => {
  test.each([
    ['HTTPS://App.Example.COM', 'https://app.example.com/'],
    ['https://app.example.com:443/a', 'https://app.example.com/a'],
    ['http://localhost:80/a', 'http://localhost/a'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['https://app.example.com/%7Ea/~a', 'https://app.example.com/%7Ea/~a'],
    ['https://app.example.com/a//b?x=/../y', 'https://app.example.com/a//b?x=/../y'],
    ['http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/a'],
    ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
    ['http://shop.localhost/a', 'http://shop.localhost/a'],
  ])('of %s is %s', (address, normal) => {
    expect(normalReturnAddress(address)).toBe(normal)
    expect(normalReturnAddress(normal)).toBe(normal)
    expect(isReturnAddress([normal], address)).toBe(true)
  })
})

describe('Refused, with the reason:', () => {
  test.each([
    ['app.example.com/done', /begin with https/],
    ['ftp://app.example.com/', /begin with https/],
    ['http://app.example.com/', /http:\/\/ is only allowed for this computer/],
    ['http://localhost.evil.example/', /only allowed for this computer/],
    ['http://127.0.0.1.evil.example/', /only allowed for this computer/],
    ['http://10.0.0.1/', /only allowed for this computer/],
    ['https://app.example.com/#done', /fragment/],
    ['https://dana:hush@app.example.com/', /user name or a password/],
    ['https://app.example.com/*', /every address in full/],
    ['https://app.example.com\\done', /backslash/],
    ['https://app.example.com/a b', /spaces/],
    ['https://app.example.com/..', /path segments/],
    ['https://app.example.com./', /dot at the end/],
    ['https://', /not a complete address/],
    ['https://:443/', /not a complete address/],
    ['https://app.example.com:99999/', /not a complete address/],
    [`https://app.example.com/${'a'.repeat(longestReturnAddress)}`, /at most 2,048 characters/],
    [`https://app.example.com/${'ü'.repeat(500)}`, /at most 2,048 characters/],
  ])('%s', (address, says) => {
    expect(returnAddressFault(address)).toMatch(says)
    expect(normalReturnAddress(address)).toBeNull()
    expect(returnAddressFault(address)).not.toContain('hush')
  })

  test('an address of the greatest length is accepted', () => {
    expect(returnAddressFault('https://app.example.com/'.padEnd(longestReturnAddress, 'a'))).toBeNull()
  })
})

describe('A list', () => {
  const several = (count: number) => Array.from({ length: count }, (_, index) => `https://app.example.com/${index}`)

  test('may be empty, and has at most 50 addresses', () => {
    expect(returnAddressesFault([])).toBeNull()
    expect(returnAddressesFault(several(mostReturnAddresses))).toBeNull()
    expect(returnAddressesFault(several(mostReturnAddresses + 1))).toBe('Enter at most 50 addresses.')
  })

  test('says which address is wrong, or a duplicate in any spelling', () => {
    expect(returnAddressesFault([entry, 'http://app.example.com/', 'HTTPS://APP.example.com:443/done'])).toBe(
      'Address 2 must begin with https://. http:// is only allowed for this computer (localhost, 127.0.0.1, [::1]). ' +
        'Address 3 is a duplicate of address 1.',
    )
  })

  test('says how many further addresses are wrong', () => {
    const message = returnAddressesFault(Array.from({ length: 8 }, (_, index) => `ftp://host/${index}`))
    expect(message).toMatch(/Address 5 .*\. 3 more addresses are wrong\.$/)
    expect(message).not.toContain('Address 6')
  })
})

describe('The outcome of an authorisation', () => {
  test.each([
    ['https://app.example.com/done', '?'],
    ['https://app.example.com/done?', ''],
    ['https://app.example.com/done?team=1', '&'],
    ['https://app.example.com/done?team=1&', ''],
    // A parser would write the query in another form.
    ['https://app.example.com/done?name=a%20b~c&empty', '&'],
  ])('is appended to %s, whose own query stays as it is', (address, joint) => {
    expect(returnAddressWith(address, { linkId: 'link-1', state: 'refused' })).toBe(
      `${address}${joint}patchbay_authorisation=link-1&state=refused`,
    )
  })
})
