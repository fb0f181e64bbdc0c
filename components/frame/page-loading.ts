/**
 * Where the router says that it goes to another page, and when it has arrived: `data-loading` on the root of the page
 * shows the bar at the top, `data-going` marks the link that was pressed. Plain attributes, because no component may
 * wait for React while React waits for the page.
 */
let pressed: Element | null = null

export function pageIsLoading(url: string, type: 'push' | 'replace' | 'traverse'): void {
  const { pathname, search } = new URL(url, location.href)
  // With *Back* the address has changed before.
  if (type !== 'traverse' && pathname + search === location.pathname + location.search) return
  document.documentElement.dataset.loading = ''
  const link = document.activeElement?.closest('a[href]') ?? pressed
  if (link instanceof HTMLAnchorElement && link.pathname === pathname) link.dataset.going = ''
}

export function pageHasLoaded(): void {
  delete document.documentElement.dataset.loading
  for (const link of document.querySelectorAll<HTMLElement>('[data-going]')) delete link.dataset.going
}

/** Some browsers do not give the focus to a link that is clicked. */
export function rememberPressed(event: MouseEvent): void {
  pressed = event.target instanceof Element ? event.target.closest('a[href]') : null
}
