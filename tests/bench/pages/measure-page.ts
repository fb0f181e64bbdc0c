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
  /** Cumulative layout shift. */
  cls: number
}

export type Cookies = Parameters<Awaited<ReturnType<Browser['newContext']>>['addCookies']>[0]

const runs = 5

/**
 * A first visit with an empty cache. The bytes do not include what the browser prefetches for other pages, because that
 * is not a cost of this page. The times are measured with prefetching, on a processor slowed down by a factor of four.
 */
export async function measurePage(browser: Browser, url: string, cookies: Cookies): Promise<PageCost> {
  const loaded = await visit(browser, url, cookies, readBytes)
  const times: Pick<PageCost, 'lcpMs' | 'cls'>[] = []
  for (let run = 0; run < runs; run += 1) times.push(await visit(browser, url, cookies, readTimes))
  return {
    ...loaded,
    lcpMs: median(times.map(({ lcpMs }) => lcpMs)),
    cls: Math.max(...times.map(({ cls }) => cls)),
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
  return page.evaluate(() => (window as unknown as Observed).observed)
}

/** Waits a fixed time, because an open event stream means that the network never becomes idle. */
async function open(page: Page, url: string): Promise<void> {
  const response = await page.goto(url, { waitUntil: 'load' })
  if (!response?.ok() || new URL(page.url()).pathname !== new URL(url).pathname)
    throw new Error(`${url} led to ${page.url()} with the status ${response?.status()}`)
  await page.waitForTimeout(1_500)
}

type Observed = { observed: { lcpMs: number; cls: number } }

/** Runs in the page before the page's own scripts. */
function observe(): void {
  const observed = { lcpMs: 0, cls: 0 }
  Object.assign(window, { observed })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) observed.lcpMs = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) observed.cls += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}
