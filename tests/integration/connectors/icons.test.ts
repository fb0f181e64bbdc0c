import { beforeAll, describe, expect, it } from 'vitest'
import { createConnector } from '@/lib/connectors/create-connector'
import { updateConnector } from '@/lib/connectors/update-connector'
import { getConnector } from '@/lib/connectors/get-connector'
import { getConnectorIcon } from '@/lib/connectors/get-connector-icon'
import { readIcon } from '@/lib/connectors/read-icon'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'

beforeAll(async () => {
  await testDatabase()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const svg = (inside: string, attributes = '') =>
  bytes(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" ${attributes}>${inside}</svg>`)

const base64 = (content: Uint8Array) => Buffer.from(content).toString('base64')

describe('an icon', () => {
  it('is recognised by its content, whatever its name', () => {
    expect(readIcon(png)).toMatchObject({ ok: true, value: { type: 'image/png' } })
    expect(readIcon(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toMatchObject({
      ok: true,
      value: { type: 'image/jpeg' },
    })
    expect(readIcon(bytes('GIF89a'))).toMatchObject({ ok: true, value: { type: 'image/gif' } })
    const drawn = svg(
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><circle r="4" fill="url(#g)"/><use href="#g"/>',
    )
    expect(readIcon(drawn)).toMatchObject({ ok: true, value: { type: 'image/svg+xml' } })
    expect(readIcon(bytes('<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn --><svg></svg>')).ok).toBe(true)
  })

  it.each([
    ['empty', new Uint8Array()],
    ['larger than 1 MB', new Uint8Array(1_048_577).fill(0x89)],
    ['text', bytes('hello')],
    ['a web page', bytes('<!doctype html><script>alert(1)</script>')],
    ['a web page with a picture in it', bytes('<html><svg></svg></html>')],
    ['not UTF-8', new Uint8Array([0x3c, 0x73, 0x76, 0x67, 0xff, 0xfe])],
    ['an SVG with a script', svg('<script>alert(1)</script>')],
    ['an SVG with a prefixed script', svg('<svg:script>alert(1)</svg:script>')],
    ['an SVG with a spaced script', svg('< script >alert(1)</ script >')],
    ['an SVG with an event handler', svg('', 'onload="alert(1)"')],
    ['an SVG with an event handler after a slash', bytes('<svg/onload=alert(1)></svg>')],
    ['an SVG with a foreign object', svg('<foreignObject><body/></foreignObject>')],
    ['an SVG with a link out', svg('<a href="https://evil.test"><circle/></a>')],
    ['an SVG with a script link', svg('<a xlink:href="javascript:alert(1)"><circle/></a>')],
    ['an SVG with a picture from elsewhere', svg('<image href="https://evil.test/track.png"/>')],
    ['an SVG with a data address', svg('<use href="data:image/svg+xml;base64,AAAA"/>')],
    ['an SVG with a style from elsewhere', svg('<circle style="fill:url(https://evil.test/x)"/>')],
    ['an SVG with a style sheet', svg('<style>@import "https://evil.test"</style>')],
    ['an SVG that animates an address', svg('<a><animate attributeName="href" to="javascript:alert(1)"/></a>')],
    ['an SVG that sets an address', svg('<set attributeName="onmouseover" to="alert(1)"/>')],
    ['an SVG with entities', bytes('<!DOCTYPE svg [<!ENTITY x "<script>">]><svg>&x;</svg>')],
    ['an SVG with an escaped script link', svg('<a href="&#106;avascript:alert(1)"/>')],
    ['an SVG with a style sheet instruction', bytes('<?xml-stylesheet href="https://evil.test"?><svg></svg>')],
  ])('that is %s is refused, with the reason', (_name, content) => {
    const icon = readIcon(content)
    expect(icon).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'icon' } })
  })

  it('is stored, not changed by other edits, served under a new address after each, and removed', async () => {
    const actor = await anActor('manager')
    const made = await createConnector(actor, connectorDetails({ icon: base64(png) }))
    const id = made.ok ? made.value.id : ''
    const stored = await getConnectorIcon(actor, { connectorId: id })
    expect(stored.ok && [stored.value.type, stored.value.base64]).toEqual(['image/png', base64(png)])
    await updateConnector(actor, { ...connectorDetails({ description: 'x' }), connectorId: id, revision: 1 })
    const detail = await getConnector(actor, { connectorId: id })
    expect(detail.ok && detail.value.icon.url).toBe(`/connectors/${id}/icon?v=2`)
    await updateConnector(actor, { ...connectorDetails({ icon: 'remove' }), connectorId: id, revision: 2 })
    expect(await getConnectorIcon(actor, { connectorId: id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  it('that is refused does not change the connector', async () => {
    const actor = await anActor('manager')
    const made = await createConnector(actor, connectorDetails())
    const connectorId = made.ok ? made.value.id : ''
    const refused = await updateConnector(actor, {
      ...connectorDetails({ name: 'New', icon: base64(svg('<script/>')) }),
      connectorId,
      revision: 1,
    })
    expect(refused).toMatchObject({ ok: false, error: { field: 'icon' } })
    const detail = await getConnector(actor, { connectorId })
    expect(detail.ok && detail.value).toMatchObject({ name: 'Acme Commerce', revision: 1 })
  })
})

it('a file that contains only comments is refused quickly', () => {
  const started = performance.now()
  expect(readIcon(bytes('<!---->'.repeat(100_000)))).toMatchObject({ ok: false, error: { field: 'icon' } })
  expect(readIcon(bytes(`${'<!-- -- > -->'.repeat(1_000)}<svg></svg>`)).ok).toBe(true)
  expect(performance.now() - started).toBeLessThan(1_000)
})
