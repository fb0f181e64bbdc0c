import type { Opener } from './use-opener'

/** Something that opened over the page closes: the focus goes back to what opened it. */
export function giveFocusBack(event: Event, opener: Opener): void {
  event.preventDefault()
  opener.current?.focus()
  // What opened it may be gone by now, and the focus must be somewhere.
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  })
}
