/** An action may be called with anything. Anything that is not a form has no fields. */
const fieldsOf = (data: FormData): FormData => (data instanceof FormData ? data : new FormData())

/**
 * The text fields of a form as an object for a strict schema, without files and without fields that the form does not
 * define (`$ACTION_…` of React, and `$person`).
 */
export function readForm(data: FormData): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of fieldsOf(data)) {
    if (typeof value === 'string' && !name.startsWith('$')) values[name] = value
  }
  return values
}

/**
 * The typed values, for a form that was sent before the page's script ran. Only the given fields are echoed, which are
 * never secrets.
 */
export function typedValues(data: FormData, names: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of names) {
    const value = fieldsOf(data).get(name)
    if (typeof value === 'string') values[name] = value
  }
  return values
}

/** The uploaded file; null if no file was chosen (browsers then send an empty one). */
export function uploadedFile(data: FormData, name: string): File | null {
  const value = fieldsOf(data).get(name)
  return value instanceof File && value.size > 0 ? value : null
}
