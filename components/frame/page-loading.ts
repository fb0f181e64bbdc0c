/**
 * Where the router says that it goes to another page, and when it has arrived: `data-loading` on the root of the page
 * shows the bar at the top, `data-going` marks the link that was pressed. Plain attributes, because no component may
 * wait for React while React waits for the page.
 */
let pressed: Element | null = null
/** The address of the page that is shown: with *Back* that of the window has changed before. */
let shown = ''

export function pageIsLoading(url: string): void {
  const { pathname, search } = new URL(url, location.href)
  if (pathname + search === shown) return
  document.documentElement.dataset.loading = ''
  const link = document.activeElement?.closest('a[href]') ?? pressed
  if (link instanceof HTMLAnchorElement && link.pathname === pathname) link.dataset.going = ''
}

export function pageIsShown(address: string): void {
  shown = address
  pageHasLoaded()
}

export function pageHasLoaded(): void {
  delete document.documentElement.dataset.loading
  for (const link of document.querySelectorAll<HTMLElement>('[data-going]')) delete link.dataset.going
}

/** Some browsers do not give the focus to a link that is clicked. */
export function rememberPressed(event: MouseEvent): void {
  pressed = event.target instanceof Element ? event.target.closest('a[href]') : null
}
