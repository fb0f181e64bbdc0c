/**
 * Placed beside a label, not inside it, so that the accessible name is only the label's text. Screen readers read
 * "required" from the control itself.
 */
export function RequiredMark() {
  return (
    <span aria-hidden className="ml-0.5 text-sm text-bad">
      *
    </span>
  )
}
