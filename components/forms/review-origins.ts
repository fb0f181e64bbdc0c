/** The id of the notice that lists the addresses to confirm, on every page of a connector (rule R14). */
export const pendingOriginsId = 'pending-origins'

/** The button of a message about addresses that have to be confirmed: it leads to the notice. */
export const reviewOrigins = { action: { label: 'Review', onClick: focusNotice } }

function focusNotice(): void {
  const notice = document.getElementById(pendingOriginsId)
  notice?.scrollIntoView({ block: 'center' })
  notice?.focus({ preventScroll: true })
}
