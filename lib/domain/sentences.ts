/** Several sentences as one text: each ends with a full stop, whatever a third party's own words end with. */
export function sentences(...parts: readonly string[]): string {
  return parts.map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`)).join(' ')
}
