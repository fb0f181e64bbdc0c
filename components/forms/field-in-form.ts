/** Finds a form's controls by the names of its fields. */

/**
 * The control with the name, or the control of the field that contains it: `options.kept` for `options.kept.2.path`.
 */
export function fieldIn(form: Element, name: string): HTMLElement | null {
  const found = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`)
  if (found || !name.includes('.')) return found
  return fieldIn(form, name.slice(0, name.lastIndexOf('.')))
}

/** The visible label; null if there is no such control. */
export function labelIn(form: Element, name: string): string | null {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
  if (!field) return null
  // The label of a radio button is its choice. The label of the whole group is the legend.
  const legend = field.matches('[type=radio]') ? field.closest('fieldset')?.querySelector('legend') : null
  const label = legend ?? (field as HTMLInputElement).labels?.[0]
  return field.getAttribute('aria-label') ?? label?.textContent?.replace(/\s*\*$/, '') ?? null
}

/** Writes a value as if a person had typed it, so that React notices it. */
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
