/**
 * The router reports here when it starts to load another page and when the page is shown. `data-loading` on the root
 * element shows the bar at the top, and `data-going` marks the link that was clicked. They are plain attributes,
 * because React renders nothing else while it waits for the page.
 */
let pressed: Element | null = null
/** The address of the page that is shown. With *Back*, the address of the window changes earlier. */
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

/** Some browsers do not focus a link that is clicked. */
export function rememberPressed(event: MouseEvent): void {
  pressed = event.target instanceof Element ? event.target.closest('a[href]') : null
}
