import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// A page loads the code that it needs at first, and no more. `npm run bench -- pages` measures it against an empty page.

const workspace = aWorkspace()
let acme: SeededAcme
let paths: Record<'list' | 'editor' | 'flow builder', string[]>

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  const instance = await acme.addInstance('Shop', 'basic auth')
  const flow = await acme.addFlow('Orders', { instance, endpoint: 'List orders' })
  const { path } = acme
  paths = {
    list: [
      ...[
        '/login',
        '/connectors',
        '/flows',
        '/activity',
        '/activity/changes',
        '/settings',
        '/settings/people',
        '/settings/api-keys',
        '/settings/mail',
        '/settings/workers',
        '/profile',
        '/api',
      ],
      ...[`${path}/overview`, `${path}/authentication`, `${path}/endpoints`],
    ],
    editor: [
      ...['/connectors/new', path, `${path}/variables`, `${path}/endpoints/parameters`, `${path}/endpoints/matrix`],
      ...[`${path}/authentication/${await acme.methodId('OAuth 2')}`],
      ...[`${path}/endpoints/${await acme.endpointId('List orders')}`],
      ...[instance.path, `/instances/new?connector=${acme.connectorId}`, '/settings/api-keys/new'],
      ...['/settings/return-addresses', '/settings/retention'],
    ],
    'flow builder': [flow.path],
  }
})

/** Kilobytes of compressed script, above what every page of the framework has. */
const most = { list: 50, editor: 85, 'flow builder': 140 }

/** As the server compresses them. What the browser has in its cache counts too. */
async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const { rootMainFiles } = JSON.parse(readFileSync('.next/build-manifest.json', 'utf8')) as { rootMainFiles: string[] }
  await page.goto(path)
  // What a page loads by itself after it was hydrated counts too.
  await page.waitForTimeout(500)
  const scripts = await page.evaluate(() =>
    [...document.scripts].filter(({ src, noModule }) => src !== '' && !noModule).map(({ src }) => src),
  )
  const files = new Set(scripts.map((src) => new URL(src).pathname.replace('/_next/', '')))
  for (const file of rootMainFiles) files.delete(file)
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`.next/${file}`)).length, 0) / 1024
}

for (const kind of ['list', 'editor', 'flow builder'] as const) {
  test(`no page that is a ${kind} loads more than ${most[kind]} KB of script at first`, async ({ page }) => {
    const tooLarge: string[] = []
    for (const path of paths[kind]) {
      if (path === '/login') await page.context().clearCookies()
      else await haveSession(page.context(), workspace)
      const size = await scriptKilobytes(page, path)
      if (!(size > 10 && size <= most[kind])) tooLarge.push(`${path}: ${size.toFixed(1)} KB`)
    }
    expect(tooLarge).toEqual([])
  })
}
