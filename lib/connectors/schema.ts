import { z } from 'zod'
import { idOf, idToFind, revisionField } from '@/lib/operations/input'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { keysOf, line, linkField, nameField, text } from '@/lib/domain/text-schema'
import { checkAllowedHost } from '@/lib/domain/urls/allowed-hosts'
import { shownStatuses, rateLimitUnits, systemTypes, type ShownStatus, type SystemType } from '@/lib/domain/vocabulary'
import {
  oneParam,
  readListParams,
  type ListParams,
  type SearchParams,
  type SortColumns,
} from '@/lib/platform/lists/list-page'

/** The input of operations on connectors. Every object is closed: an unknown key is refused. */

/** `api.myapp.com` or `*.myapp.com`. */
const allowedHosts = z
  .array(z.string())
  .max(100, 'Enter at most 100 hosts.')
  .transform((entries, context) => {
    const hosts: string[] = []
    for (const entry of entries) {
      const host = checkAllowedHost(entry)
      if (host.ok) hosts.push(host.value)
      else context.addIssue({ code: 'custom', message: host.error.message })
    }
    return [...new Set(hosts)]
  })

const wholeNumber = 'Enter a whole number of requests between 1 and 1,000,000, or leave it empty.'
const rateLimitAmount = z.int(wholeNumber).min(1, wholeNumber).max(1_000_000, wholeNumber).nullable()

/** The only list of a connector's basic details. The input and the audited fields derive from it. */
export const connectorFields = {
  name: nameField,
  versionLabel: line(40).trim(),
  description: text(2000),
  systemType: z.enum(keysOf(systemTypes), 'Select a system type.'),
  baseUrl: line(2048).trim(),
  dateFormat: line(60).trim().min(1, 'Enter a date format, for example YYYY-MM-DD.'),
  rateLimitAmount,
  rateLimitUnit: z.enum(keysOf(rateLimitUnits)),
  documentationUrl: linkField,
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Enter a colour as #rrggbb.')
    .toLowerCase()
    .nullable(),
  allowedHosts,
}

/** `keep` the current icon, `remove` it, or replace it by the uploaded one, in base64. */
const icon = z.union([z.literal('keep'), z.literal('remove'), z.base64().max(2_000_000)])

export const createConnectorSchema = z.strictObject({ ...connectorFields, icon: icon.default('keep') })
export type CreateConnector = z.output<typeof createConnectorSchema>

export const updateConnectorSchema = createConnectorSchema.extend({
  connectorId: idOf('connector'),
  revision: revisionField,
})
export type UpdateConnector = z.output<typeof updateConnectorSchema>

export const deleteConnectorSchema = z.strictObject({ connectorId: idOf('connector'), typedName: z.string().max(200) })
export type DeleteConnector = z.output<typeof deleteConnectorSchema>

/** The sort orders of Manage connectors. Default: failing connectors first, then by name. */
export const connectorSorts = {
  failing: { column: 'rank', kind: 'text' },
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns

export const listConnectorsSchema = z.strictObject({
  ...listParamsOf(connectorSorts),
  status: z.enum(keysOf(shownStatuses)).nullable().default(null),
  systemType: z.enum(keysOf(systemTypes)).nullable().default(null),
  /** One connector, with its instances in pages. */
  connectorId: idToFind.nullable().default(null),
})

export type ConnectorFilter = ListParams & {
  status: ShownStatus | null
  systemType: SystemType | null
  /** One connector, with its instances in pages. */
  connectorId: string | null
}

const status = z.enum(keysOf(shownStatuses)).nullable().catch(null)
const systemType = z.enum(keysOf(systemTypes)).nullable().catch(null)
const connectorId = z.uuid().nullable().catch(null)

/** Reads the filter from the address of Manage connectors. Invalid values are ignored. */
export function readConnectorFilter(search: SearchParams): ConnectorFilter {
  return {
    ...readListParams(search, connectorSorts, 'failing'),
    status: status.parse(oneParam(search, 'status')),
    systemType: systemType.parse(oneParam(search, 'system')),
    connectorId: connectorId.parse(oneParam(search, 'connector')),
  }
}

export function isFiltered(filter: ConnectorFilter): boolean {
  return filter.q !== '' || filter.status !== null || filter.systemType !== null || filter.connectorId !== null
}
