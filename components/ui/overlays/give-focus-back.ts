import type { Opener } from './use-opener'

/** When an overlay closes, returns the focus to the element that opened it. */
export function giveFocusBack(event: Event, opener: Opener): void {
  event.preventDefault()
  opener.current?.focus()
  // That element may have been removed since; without a fallback the focus would be lost.
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  })
}
