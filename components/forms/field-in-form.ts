/** A form's controls by the names of its fields. */

/** The control of that name, or of the field it is a part of: `options.kept` for `options.kept.2.path`. */
export function fieldIn(form: Element, name: string): HTMLElement | null {
  const found = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`)
  if (found || !name.includes('.')) return found
  return fieldIn(form, name.slice(0, name.lastIndexOf('.')))
}

/** What a person sees as its label; null where there is no such control. */
export function labelIn(form: Element, name: string): string | null {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
  if (!field) return null
  // One of several radio buttons is labelled with its choice; all of them together by the legend.
  const legend = field.matches('[type=radio]') ? field.closest('fieldset')?.querySelector('legend') : null
  const label = legend ?? (field as HTMLInputElement).labels?.[0]
  return field.getAttribute('aria-label') ?? label?.textContent?.replace(/\s*\*$/, '') ?? null
}

/** Writes a value as if a person had typed it, so that React takes it too. */
export function writeField(form: Element, name: string, value: string): void {
  for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === 'radio') {
      if (field.value === value && !field.checked) field.click()
      continue
    }
    const prototype = Object.getPrototypeOf(field) as HTMLInputElement
    Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, value)
    field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
  }
}
