/** Several sentences as one text. Each ends with a full stop, also one that ends with a third party's text. */
export function sentences(...parts: readonly string[]): string {
  return parts.map((part) => (/[.!?…]”?$/.test(part) ? part : `${part}.`)).join(' ')
}

/** A third party's text as a quotation that ends with a full stop. Our own sentences never run into it. */
export function quotation(text: string): string {
  return `“${/[.!?…]$/.test(text) ? text : `${text}.`}”`
}
