import type { Operation, Parameter } from './document'

/** What was entered: parameters by {@link fieldOf}, and the body with its type. */
export type Entered = { values: Record<string, string>; body: string; contentType: string }

export type TriedRequest = { method: string; address: string; headers: Record<string, string>; body?: string }

export const fieldOf = ({ in: place, name }: Parameter) => `${place}.${name}`

/** The required fields that are empty. */
export function missingIn({ parameters, body }: Operation, { values, body: text }: Entered): string[] {
  const missing = parameters.filter((one) => one.required && !values[fieldOf(one)]).map(fieldOf)
  return body?.required && text.trim() === '' ? [...missing, 'body'] : missing
}

/** @param server the address of the API, without a slash at the end */
export function requestOf(server: string, operation: Operation, entered: Entered, key: string): TriedRequest {
  const given = operation.parameters.flatMap((one): [Parameter, string][] => {
    const value = entered.values[fieldOf(one)] ?? ''
    return value === '' ? [] : [[one, value]]
  })
  const inPlace = (place: Parameter['in']) =>
    given.filter(([one]) => one.in === place).map(([{ name }, value]): [string, string] => [name, value])
  const path = inPlace('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, () => encodeURIComponent(value)),
    operation.path,
  )
  const query = new URLSearchParams(inPlace('query')).toString()
  const sendsBody = operation.body !== null && entered.body.trim() !== ''
  return {
    method: operation.method,
    address: server + path + (query === '' ? '' : `?${query}`),
    headers: {
      Authorization: `Bearer ${key}`,
      ...Object.fromEntries(inPlace('header')),
      ...(sendsBody && { 'Content-Type': entered.contentType }),
    },
    ...(sendsBody && { body: entered.body }),
  }
}
