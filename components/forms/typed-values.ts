import { writeField } from '@/components/forms/field-in-form'

/**
 * Saves what is typed on a page in this tab's storage while the page is reloaded. It never contains secrets: neither
 * passwords, nor the contents of secret fields (rule R10), nor files.
 */

type Stored = Record<string, string>[]

/**
 * The controls in which something was typed or chosen. The others are not restored, because somebody may have changed
 * the stored value.
 */
const touched = new WeakSet<EventTarget>()

/** @returns a function that stops it */
export function watchTyping(): () => void {
  const touch = ({ target }: Event) => target && touched.add(target)
  document.addEventListener('input', touch, true)
  document.addEventListener('change', touch, true)
  return () => {
    document.removeEventListener('input', touch, true)
    document.removeEventListener('change', touch, true)
  }
}

const key = () => `patchbay typed ${window.location.pathname}${window.location.search}`
const forms = () => [...document.querySelectorAll('main form, main [data-form]')]

export function storeTyped(): void {
  const stored: Stored = forms().map((form) => {
    const values: Record<string, string> = {}
    for (const field of form.querySelectorAll<HTMLInputElement>('[name]:is(input, textarea, select)')) {
      const isPlain =
        !['password', 'hidden', 'file', 'checkbox'].includes(field.type) && !field.closest('[data-secret]')
      if (isPlain && touched.has(field) && (field.type !== 'radio' || field.checked)) values[field.name] = field.value
    }
    return values
  })
  sessionStorage.setItem(key(), JSON.stringify(stored))
}

/** @returns whether anything was restored */
export async function restoreTyped(): Promise<boolean> {
  const text = sessionStorage.getItem(key())
  sessionStorage.removeItem(key())
  if (text === null) return false
  const all = await workingForms()
  for (const [index, values] of (JSON.parse(text) as Stored).entries()) {
    for (const [name, value] of Object.entries(values)) if (all[index]) writeField(all[index], name, value)
  }
  return true
}

const longestWaitMs = 10_000

/** The forms, once React has hydrated them. What is written into them earlier is lost. */
async function workingForms(): Promise<Element[]> {
  const until = performance.now() + longestWaitMs
  while (performance.now() < until) {
    const all = forms()
    if (all.length > 0 && all.every(isTakenOver)) return all
    await new Promise(requestAnimationFrame)
  }
  return forms()
}

/** React adds its own properties to elements that it has hydrated. */
const isTakenOver = (element: Element) => Object.keys(element).some((name) => name.startsWith('__reactProps'))
