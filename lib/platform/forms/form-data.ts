/** A request may hand an action anything: what is no form has no fields. */
const fieldsOf = (data: FormData): FormData => (data instanceof FormData ? data : new FormData())

/**
 * The text fields of a form as an object for a strict schema: without files, and without the fields that are not the
 * form's own (React's `$ACTION_…`, and `$person`).
 */
export function readForm(data: FormData): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of fieldsOf(data)) {
    if (typeof value === 'string' && !name.startsWith('$')) values[name] = value
  }
  return values
}

/**
 * What was typed, for a form that was sent before the page's script ran. Only fields named here are echoed:
 * a secret is never among them.
 */
export function typedValues(data: FormData, names: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of names) {
    const value = fieldsOf(data).get(name)
    if (typeof value === 'string') values[name] = value
  }
  return values
}

/** The uploaded file, or null where none was chosen (browsers send an empty one). */
export function uploadedFile(data: FormData, name: string): File | null {
  const value = fieldsOf(data).get(name)
  return value instanceof File && value.size > 0 ? value : null
}
