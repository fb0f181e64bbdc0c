/** The id of the notice that lists the addresses to confirm, on every page of a connector (rule R14). */
export const pendingOriginsId = 'pending-origins'

/** The button of a message about addresses that have to be confirmed: it leads to the notice. */
export const reviewOrigins = { action: { label: 'Review', onClick: () => focusNotice(50) } }

/** The message can be there before the page that contains the notice: then this tries again, ten times a second. */
function focusNotice(attempts: number): void {
  const notice = document.getElementById(pendingOriginsId)
  if (!notice) {
    if (attempts > 0) setTimeout(() => focusNotice(attempts - 1), 100)
    return
  }
  notice.scrollIntoView({ block: 'center' })
  // A message that loses the focus gives it back to what had it before.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  notice.focus({ preventScroll: true })
}
