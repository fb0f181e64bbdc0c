/** What payloads contain, the same for JSON, XML and CSV. */

export const payloadFormats = ['json', 'xml', 'csv', 'text', 'binary'] as const
export type PayloadFormat = (typeof payloadFormats)[number]

/**
 * A number whose digits JavaScript would write differently, such as 12345678901234567890, 1.10 or 1e400. It keeps its
 * text, because the ID of an order must never change.
 */
export class ExactNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type ValueObject = { [name: string]: Value }
export type Value = null | boolean | number | string | ExactNumber | Value[] | ValueObject

/** Neither null, a list nor a number. */
export function isValueObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}

/** Adds a property of its own, whatever its name is: `__proto__` is a name like any other. */
export function setProperty(object: ValueObject, name: string, value: Value): void {
  if (name !== '__proto__') object[name] = value
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
