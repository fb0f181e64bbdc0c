import { z } from 'zod'
import { bodyFormats, directions, httpMethods } from '@/lib/domain/vocabulary'
import { keysOf, line, nameField, text } from '@/lib/domain/text-schema'

/**
 * The fields of an endpoint, once: what a client may send, what it gets, the columns that are read, written, copied and
 * audited, and what a connection document holds derive from here.
 */
export const endpointFields = {
  name: nameField,
  entityType: line(80).trim(),
  direction: z.enum(keysOf(directions), 'Choose Receive or Send.'),
  httpMethod: z.enum(httpMethods, 'Choose an HTTP method.'),
  url: line(2048).trim().min(1, 'Enter the URL, such as /orders or https://api.example.com/orders.'),
  bodyFormat: z.enum(keysOf(bodyFormats)),
  body: text(65_536),
  dataPath: line(512).trim(),
  deprecated: z.boolean(),
  pagination: z.record(z.string(), z.json()),
}

export type EndpointFields = z.output<z.ZodObject<typeof endpointFields>>
export type EndpointField = keyof typeof endpointFields

/** What a new endpoint has where nothing is said. */
export const endpointDefaults = {
  entityType: '',
  direction: 'receive',
  bodyFormat: 'none',
  body: '',
  dataPath: '',
  deprecated: false,
  pagination: {},
} as const satisfies Partial<EndpointFields>

const fieldNames = Object.keys(endpointFields) as EndpointField[]

/** For Prisma's `select`. */
export const endpointColumns = Object.fromEntries(fieldNames.map((name) => [name, true])) as Record<EndpointField, true>

/** The fields of a row, or of an input that has more. */
export function endpointFieldsOf(from: Record<EndpointField, unknown>): EndpointFields {
  return Object.fromEntries(fieldNames.map((name) => [name, from[name]])) as EndpointFields
}

/** For the audit log: each field that changed, from and to; of a body only that it changed. */
export function endpointChanges(before: EndpointFields, after: EndpointFields): Record<string, unknown> {
  const changed = fieldNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(
    changed.map((name) => [name, name === 'body' ? 'changed' : { from: before[name], to: after[name] }]),
  )
}
