/**
 * Beside a label and never in it: the accessible name is the label's words alone; the control itself says "required".
 */
export function RequiredMark() {
  return (
    <span aria-hidden className="ml-0.5 text-sm text-bad">
      *
    </span>
  )
}
