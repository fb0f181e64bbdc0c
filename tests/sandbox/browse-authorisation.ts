import { known } from './known'
import type { SandboxDecision } from './authorise-at-sandbox'

/** A minimal browser: follows redirects and stores cookies by path. */
class Browser {
  #cookies = new Map<string, { value: string; path: string }>()

  async open(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; status: number; location: string | null; html: string }> {
    const path = new URL(url).pathname
    const cookie = [...this.#cookies]
      .filter(([, { path: scope }]) => path.startsWith(scope))
      .map(([name, { value }]) => `${name}=${value}`)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookie.join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) this.#store(line)
    const location = response.headers.get('location')
    return {
      url,
      status: response.status,
      location: location && new URL(location, url).href,
      html: await response.text(),
    }
  }

  #store(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/'
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}

/**
 * Acts as a person, but without a real browser: opens the authorise URL, logs in, allows or denies.
 * @returns the URL to which Acme then redirects the browser: the redirect URI with code and state, or with the error
 */
export async function browseAuthorisation(
  authoriseUrl: string,
  { decision = 'Allow', person = known.people[0] }: SandboxDecision = {},
): Promise<string> {
  const browser = new Browser()
  let page = await browser.open(authoriseUrl)
  for (let step = 0; step < 12; step += 1) {
    if (page.location) {
      if (!new URL(page.location).pathname.startsWith('/oauth/') || page.location.includes(known.redirectPath))
        return page.location
      page = await browser.open(page.location)
    } else if (page.status === 200 && page.html.includes('name="password"')) {
      page = await browser.open(`${page.url}/login`, { username: person.username, password: person.password })
    } else if (page.html.includes('name="decision"')) {
      page = await browser.open(`${page.url}/consent`, { decision: decision.toLowerCase() })
    } else {
      throw new Error(
        `Acme returned ${page.status} at ${page.url}: ${page.html.replace(/<style>.*<\/style>|<[^>]+>/gs, ' ').trim()}`,
      )
    }
  }
  throw new Error(`The authorisation does not end: ${page.url}`)
}
