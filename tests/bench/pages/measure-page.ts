import type { Browser, CDPSession, Page } from '@playwright/test'
import { median } from '../measure'

/** What a page loads, in bytes as transferred, and how soon it is displayed. */
export type PageCost = {
  scriptBytes: number
  styleBytes: number
  fontBytes: number
  requests: number
  /** Largest contentful paint. */
  lcpMs: number
  /** What was painted then, in the slowest run. */
  lcpElement: string
  /** LCP of the empty page, measured in turns with this page. */
  emptyLcpMs: number
  /** Cumulative layout shift. */
  cls: number
  /** What shifted, in the run with the most shifts. */
  shifted: string[]
}

export type Cookies = Parameters<Awaited<ReturnType<Browser['newContext']>>['addCookies']>[0]

const runs = 5
/** Visits before the measured ones, because the server's code gets faster with use. */
const warmUps = 3

type Times = { lcpMs: number; lcpElement: string; cls: number; shifted: string[] }

/**
 * A first visit with an empty cache to a warm server. The bytes do not include what the browser prefetches for other
 * pages, because that is not a cost of this page. The times are measured with prefetching, on a processor slowed down by
 * a factor of four, in turns with the empty page: other work of the machine then affects both equally.
 */
export async function measurePage(
  browser: Browser,
  url: string,
  cookies: Cookies,
  emptyUrl: string,
): Promise<PageCost> {
  for (let visits = 0; visits < warmUps; visits += 1) await visit(browser, url, cookies, warmUp)
  const loaded = await visit(browser, url, cookies, readBytes)
  const times: Times[] = []
  const emptyTimes: Times[] = []
  for (let run = 0; run < runs; run += 1) {
    emptyTimes.push(await visit(browser, emptyUrl, [], readTimes))
    times.push(await visit(browser, url, cookies, readTimes))
  }
  const most = (key: 'lcpMs' | 'cls') => times.reduce((one, other) => (other[key] > one[key] ? other : one))
  return {
    ...loaded,
    lcpMs: median(times.map(({ lcpMs }) => lcpMs)),
    lcpElement: most('lcpMs').lcpElement,
    emptyLcpMs: median(emptyTimes.map(({ lcpMs }) => lcpMs)),
    cls: most('cls').cls,
    shifted: most('cls').shifted,
  }
}

type Visit<Read> = (page: Page, session: CDPSession, url: string) => Promise<Read>

async function visit<Read>(browser: Browser, url: string, cookies: Cookies, read: Visit<Read>): Promise<Read> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    return await read(page, await context.newCDPSession(page), url)
  } finally {
    await context.close()
  }
}

async function warmUp(page: Page, _session: CDPSession, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
}

async function readBytes(page: Page, session: CDPSession, url: string) {
  const bytes = { Script: 0, Stylesheet: 0, Font: 0 }
  const types = new Map<string, string>()
  await session.send('Network.enable')
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId)
    if (type !== undefined && type in bytes) bytes[type as keyof typeof bytes] += encodedDataLength
  })
  await page.route(
    (address) => address.searchParams.has('_rsc'),
    (route) => route.abort(),
  )
  await open(page, url)
  return { scriptBytes: bytes.Script, styleBytes: bytes.Stylesheet, fontBytes: bytes.Font, requests: types.size }
}

async function readTimes(page: Page, session: CDPSession, url: string) {
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(observe)
  await open(page, url)
  const observed = await page.evaluate(() => (window as unknown as Observed).observed)
  if (observed.lcpMs === 0) throw new Error(`the browser reported no largest contentful paint of ${url}`)
  return observed
}

/** Waits a fixed time, because an open event stream means that the network never becomes idle. */
async function open(page: Page, url: string): Promise<void> {
  const response = await page.goto(url, { waitUntil: 'load' })
  if (!response?.ok() || new URL(page.url()).pathname !== new URL(url).pathname)
    throw new Error(`${url} led to ${page.url()} with the status ${response?.status()}`)
  await page.waitForTimeout(1_500)
}

type Observed = { observed: Times }

/** Runs in the page before the page's own scripts. It has no named functions: tsx would add code that the page lacks. */
function observe(): void {
  type Entry = PerformanceEntry & { value: number; element?: Element; sources?: { node?: Element | Text }[] }
  const observed: Times = { lcpMs: 0, lcpElement: '', cls: 0, shifted: [] }
  Object.assign(window, { observed })
  new PerformanceObserver((list) => {
    for (const { startTime, element } of list.getEntries() as Entry[]) {
      observed.lcpMs = startTime
      observed.lcpElement = element?.outerHTML.slice(0, 120) ?? 'an element that was removed'
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { value, sources = [] } of list.getEntries() as Entry[]) {
      observed.cls += value
      for (const { node } of sources)
        observed.shifted.push(node instanceof Element ? node.outerHTML.slice(0, 120) : `“${node?.textContent}”`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
