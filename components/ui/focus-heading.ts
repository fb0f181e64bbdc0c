/** Moves the focus to the page's heading, after an action that removed the button with the focus. */
export function focusHeading(): void {
  const heading = document.querySelector('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus()
}
