import { z } from 'zod'
import { pickFields, type FieldsOf } from '@/lib/domain/field-list'
import { compareFields } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { bodyFormats, directions, httpMethods } from '@/lib/domain/vocabulary'
import { noPagination, paginationSchema, readPagination } from '@/lib/domain/pagination-schema'
import { keysOf, line, nameField, text } from '@/lib/domain/text-schema'

/**
 * The only list of an endpoint's fields. The input, the views, the written, copied and audited columns, and the
 * connection document derive from it.
 */
export const endpointFields = {
  name: nameField.describe('As people see it, unique in its parent'),
  entityType: line(80).trim(),
  direction: z.enum(keysOf(directions), 'Choose Receive or Send.'),
  httpMethod: z.enum(httpMethods, 'Choose an HTTP method.'),
  url: line(2048).trim().min(1, 'Enter the URL, such as /orders or https://api.example.com/orders.'),
  bodyFormat: z.enum(keysOf(bodyFormats)),
  body: text(65_536),
  dataPath: line(512).trim().describe('JSONPath of the records in the response'),
  deprecated: z.boolean(),
  description: text(4096),
  scopes: z
    .array(line(256).regex(/^\S+$/, 'A scope contains no spaces.'))
    .max(200, 'Enter at most 200 scopes.')
    .describe('OAuth scopes that the token needs'),
  pagination: paginationSchema,
}

export type EndpointFields = FieldsOf<typeof endpointFields>

/** The defaults of a new endpoint. */
export const endpointDefaults = {
  entityType: '',
  direction: 'receive',
  bodyFormat: 'none',
  body: '',
  dataPath: '',
  deprecated: false,
  description: '',
  scopes: [],
  pagination: noPagination,
} as const satisfies Partial<EndpointFields>

/** Picks the fields from a row or an input. */
export function endpointFieldsOf(from: Record<keyof EndpointFields, unknown>): EndpointFields {
  return { ...pickFields(endpointFields, from), pagination: readPagination(from.pagination) }
}

/** The changes, for the audit log. */
export function endpointChanges(before: EndpointFields, after: EndpointFields): FieldChange[] {
  return compareFields(endpointFields, before, after)
}
