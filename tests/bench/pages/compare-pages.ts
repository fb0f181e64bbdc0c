import { chromium, type Browser } from '@playwright/test'
import { requestPath } from '@/components/activity/request-path'
import { buildApp } from '@/lib/platform/server/build'
import { startApp } from '@/tests/support/app-process'
import { findBrowser } from '@/tests/support/browser'
import { runSql } from '@/tests/support/database-server'
import { sessionCookie } from '@/tests/support/session'
import type { RequestSummary } from '@/lib/request-log/views'
import { printLines } from '../measure'
import { seedWorkspace, type SeededWorkspace, type SeedSize } from '../seed'
import { startEmptyApp } from './empty-app'
import { measurePage, type Cookies, type PageCost } from './measure-page'

/** The workspace of a typical company. `npm run bench` measures the largest one. */
const size: SeedSize = {
  connectors: 40,
  instances: 200,
  endpoints: 200,
  methods: 5,
  flows: 30,
  requests: 2_000,
  changes: 500,
  sessions: 3,
  people: 20,
  keys: 3,
}

const kib = 1_024

/** Bytes of script, in addition to those of an empty page. */
const budgets = { list: 50 * kib, editor: 85 * kib, 'flow builder': 140 * kib }
const mostFontBytes = 70 * kib
/** A page is displayed within this time. On a busy machine it may take this many times as long as the empty page. */
const mostLcp = { ms: 1_000, timesEmpty: 2.5 }

type Route = { name: string; path: string; kind: keyof typeof budgets; signedIn?: boolean }

function routesOf(seeded: SeededWorkspace, request: Pick<RequestSummary, 'id' | 'at'>): Route[] {
  const { connectorId, methodIds, endpointIds, instanceId, flowId } = seeded
  const connector = `/connectors/${connectorId}`
  return [
    { name: 'Log in', path: '/login', kind: 'list', signedIn: false },
    { name: 'Manage connectors', path: '/connectors', kind: 'list' },
    { name: 'Connector: overview', path: `${connector}/overview`, kind: 'list' },
    { name: 'Connector: methods', path: `${connector}/authentication`, kind: 'list' },
    { name: 'Connector: endpoints', path: `${connector}/endpoints`, kind: 'list' },
    { name: 'Flows', path: '/flows', kind: 'list' },
    { name: 'Activity', path: '/activity', kind: 'list' },
    { name: 'Activity: changes', path: '/activity/changes', kind: 'list' },
    { name: 'Request', path: requestPath(request), kind: 'list' },
    { name: 'Settings', path: '/settings', kind: 'list' },
    { name: 'People', path: '/settings/people', kind: 'list' },
    { name: 'Profile', path: '/profile', kind: 'list' },
    { name: 'New connector', path: '/connectors/new', kind: 'editor' },
    { name: 'Connector: details', path: connector, kind: 'editor' },
    { name: 'Connector: variables', path: `${connector}/variables`, kind: 'editor' },
    { name: 'Connector: parameters', path: `${connector}/endpoints/parameters`, kind: 'editor' },
    { name: 'Connector: matrix', path: `${connector}/endpoints/matrix`, kind: 'editor' },
    { name: 'Method', path: `${connector}/authentication/${methodIds[0]}`, kind: 'editor' },
    { name: 'Endpoint', path: `${connector}/endpoints/${endpointIds[0]}`, kind: 'editor' },
    { name: 'Instance', path: `/instances/${instanceId}`, kind: 'editor' },
    { name: 'Add instance', path: `/instances/new?connector=${connectorId}`, kind: 'editor' },
    { name: 'Flow builder', path: `/flows/${flowId}`, kind: 'flow builder' },
  ]
}

/**
 * `npm run bench -- pages`: what each page loads and how soon it is displayed, compared with an empty Next page.
 * `npm run bench -- pages flow` measures only the pages with "flow" in their names.
 */
export async function comparePages(databaseUrl: string, named = ''): Promise<boolean> {
  await buildApp(() => console.log('Building the app …'))
  const empty = await startEmptyApp()
  const seeded = await seedWorkspace(databaseUrl, size)
  const [app] = await startApp({ databaseUrl })
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] })
  try {
    return await measureAll(browser, { empty: empty.url, app: app!.url }, seeded, databaseUrl, named)
  } finally {
    await browser.close()
    await app!.stop()
    empty.stop()
  }
}

async function measureAll(
  browser: Browser,
  urls: { empty: string; app: string },
  seeded: SeededWorkspace,
  databaseUrl: string,
  named: string,
): Promise<boolean> {
  const { workspaceId, userId } = seeded.actor
  const sql = <Row extends object>(text: string, values?: unknown[]) => runSql<Row>(databaseUrl, text, values)
  const [request] = await sql<{ id: string; at: Date }>(
    `SELECT "id", "at" FROM "RequestLog" WHERE "workspaceId" = $1 LIMIT 1`,
    [workspaceId],
  )
  const cookies: Cookies = [await sessionCookie({ url: urls.app, workspaceId, sql }, userId)]
  const routes = routesOf(seeded, { id: request!.id, at: request!.at.toISOString() }).filter(({ name }) =>
    name.toLowerCase().includes(named.toLowerCase()),
  )
  const base = await measurePage(browser, urls.empty, [], urls.empty)
  const lines = [headings, lineOf('An empty page', base, base, '')]
  const notes: string[] = []
  let withinLimits = routes.length > 0
  for (const { name, path, kind, signedIn = true } of routes) {
    const cost = await measurePage(browser, `${urls.app}${path}`, signedIn ? cookies : [], urls.empty)
    const exceeded = exceededBy(cost, base, kind)
    withinLimits &&= exceeded.length === 0
    lines.push(lineOf(name, cost, base, exceeded.join(', ')))
    if (exceeded.includes('LCP')) notes.push(`${name}: the last to be painted is ${cost.lcpElement}`)
    if (exceeded.includes('CLS')) notes.push(`${name}: moved are ${cost.shifted.join(', ')}`)
  }
  printLines(lines)
  if (notes.length > 0) console.log(['', ...notes].join('\n'))
  return withinLimits
}

const headings = ['Page', 'script', 'above empty', 'style', 'fonts', 'requests', 'LCP', '× empty', 'CLS', 'too much']

function lineOf(name: string, cost: PageCost, base: PageCost, exceeded: string): string[] {
  const { scriptBytes, styleBytes, fontBytes, requests, lcpMs, emptyLcpMs, cls } = cost
  const sizes = [scriptBytes, scriptBytes - base.scriptBytes, styleBytes, fontBytes].map(
    (bytes) => `${(bytes / kib).toFixed(0)} KB`,
  )
  const times = [`${lcpMs.toFixed(0)} ms`, (lcpMs / emptyLcpMs).toFixed(2), cls.toFixed(6)]
  return [name, ...sizes, String(requests), ...times, exceeded]
}

function exceededBy(cost: PageCost, base: PageCost, kind: keyof typeof budgets): string[] {
  return [
    cost.scriptBytes - base.scriptBytes > budgets[kind] && 'script',
    cost.fontBytes > mostFontBytes && 'fonts',
    cost.lcpMs > Math.max(mostLcp.ms, cost.emptyLcpMs * mostLcp.timesEmpty) && 'LCP',
    cost.cls > 0 && 'CLS',
  ].filter((exceeded) => exceeded !== false)
}
