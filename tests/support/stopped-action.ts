import type { Page, Request } from '@playwright/test'
import { personKey } from '@/lib/platform/session/signed-out'

export type StoppedAction = { url: string; headers: Record<string, string>; body: Buffer }

/**
 * The server action call that `act` makes, stopped before it leaves the browser. The headers do not contain the
 * session, so that others can send the call as theirs.
 */
export async function stopAction(page: Page, act: () => Promise<void>): Promise<StoppedAction> {
  const stopped = Promise.withResolvers<Request>()
  // Waits for the handler and not for the request event, which comes first: a handler that is removed in between would
  // let the call through.
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (!isAction(request)) return route.continue()
    await route.abort()
    stopped.resolve(request)
  })
  await act()
  const request = await stopped.promise
  await page.unroute('**/*')
  const { cookie: _cookie, host: _host, 'content-length': _length, ...headers } = await request.allHeaders()
  return {
    url: request.url(),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
    body: request.postDataBuffer() ?? Buffer.alloc(0),
  }
}

const isAction = (request: Request) => request.method() === 'POST' && request.headers()['next-action'] !== undefined

/** The same call as if from another person's page: each page contains the key of the person it was rendered for. */
export function sentAs(request: StoppedAction, person: { userId: string; workspaceId: string }): StoppedAction {
  const body = request.body.toString('latin1').replace(/[0-9a-f-]{36}\.[0-9a-f-]{36}/g, personKey(person))
  return { ...request, body: Buffer.from(body, 'latin1') }
}
