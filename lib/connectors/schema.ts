import { z } from 'zod'
import { keysOf, line, linkField, nameField, text } from '@/lib/platform/forms/text-schema'
import { checkAllowedHost } from '@/lib/domain/urls/allowed-hosts'
import {
  instanceStatuses,
  rateLimitUnits,
  systemTypes,
  type InstanceStatus,
  type SystemType,
} from '@/lib/domain/vocabulary'
import {
  oneParam,
  readListParams,
  type ListParams,
  type SearchParams,
  type SortColumns,
} from '@/lib/platform/lists/list-page'

/** What a client may send about connectors. Every object is closed: an unknown key is refused. */

/** `api.myapp.com` or `*.myapp.com`, one per line or separated by commas. */
const allowedHosts = text(8000).transform((typed, context) => {
  const hosts: string[] = []
  for (const entry of typed.split(/[\s,]+/).filter((host) => host !== '')) {
    const host = checkAllowedHost(entry)
    if (host.ok) hosts.push(host.value)
    else context.addIssue({ code: 'custom', message: host.error.message })
  }
  if (hosts.length > 100) context.addIssue({ code: 'custom', message: 'At most 100 hosts.' })
  return [...new Set(hosts)]
})

const rateLimitAmount = z
  .string()
  .trim()
  .regex(/^\d{0,7}$/, 'Enter a whole number of requests, at most 1,000,000.')
  .transform((typed) => (typed === '' ? null : Number(typed)))
  .refine(
    (amount) => amount === null || (amount >= 1 && amount <= 1_000_000),
    'Enter a whole number of requests between 1 and 1,000,000, or leave it empty.',
  )

const details = z.strictObject({
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
    .union([z.literal(''), z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour as #rrggbb.')])
    .transform((typed) => (typed === '' ? null : typed.toLowerCase())),
  allowedHosts,
})

/** `keep` the icon in force, `remove` it, or take the uploaded one. */
const icon = z.union([z.literal('keep'), z.literal('remove'), z.instanceof(Uint8Array)])

export const createConnectorSchema = details.extend({ icon: icon.default('keep') })
export type CreateConnector = z.output<typeof createConnectorSchema>

export const updateConnectorSchema = createConnectorSchema.extend({
  connectorId: z.uuid(),
  revision: z.coerce.number().int().positive(),
})
export type UpdateConnector = z.output<typeof updateConnectorSchema>

export const deleteConnectorSchema = z.strictObject({ connectorId: z.uuid(), typedName: z.string().max(200) })
export type DeleteConnector = z.output<typeof deleteConnectorSchema>

/** What Manage connectors can be ordered by. */
export const connectorSorts = {
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns

export type ConnectorFilter = ListParams & {
  status: InstanceStatus | null
  systemType: SystemType | null
  /** One connector, with its instances in pages. */
  connectorId: string | null
}

const status = z.enum(keysOf(instanceStatuses)).nullable().catch(null)
const systemType = z.enum(keysOf(systemTypes)).nullable().catch(null)
const connectorId = z.uuid().nullable().catch(null)

/** Reads the address of Manage connectors. What makes no sense counts as not said. */
export function readConnectorFilter(search: SearchParams): ConnectorFilter {
  return {
    ...readListParams(search, connectorSorts, 'name'),
    status: status.parse(oneParam(search, 'status')),
    systemType: systemType.parse(oneParam(search, 'system')),
    connectorId: connectorId.parse(oneParam(search, 'connector')),
  }
}

export function isFiltered(filter: ConnectorFilter): boolean {
  return filter.q !== '' || filter.status !== null || filter.systemType !== null || filter.connectorId !== null
}
