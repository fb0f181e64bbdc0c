import { z } from 'zod'
import { keyStates } from '@/lib/domain/access/api-keys'
import { roles } from '@/lib/domain/access/roles'
import { keysOf, nameOr } from '@/lib/domain/text-schema'
import { idOf, momentField, revisionField } from '@/lib/operations/input'
import { oneParam, readListParams, type SearchParams, type SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'

/** The input of operations on API keys. Every object is closed: an unknown key is refused. */

/** Default: by name. */
export const apiKeySorts = {
  name: { column: 'foldedName', kind: 'text' },
  created: { column: 'createdAt', kind: 'date' },
} as const satisfies SortColumns

export const listApiKeysSchema = z.strictObject({
  ...listParamsOf(apiKeySorts),
  state: z.enum(keysOf(keyStates)).optional(),
})

/** Reads the filter of the list from the address. Invalid parameters are ignored. */
export function readKeyFilter(search: SearchParams): z.input<typeof listApiKeysSchema> {
  const state = listApiKeysSchema.shape.state.safeParse(oneParam(search, 'state'))
  return { ...readListParams(search, apiKeySorts, 'name'), ...(state.data && { state: state.data }) } as z.input<
    typeof listApiKeysSchema
  >
}

/** Of connectors and instances together. */
const mostLimits = 100
const chooseOne = 'Choose at least one connector or instance, or allow the whole workspace.'
const unique = (ids: string[]) => [...new Set(ids)]

/** Null: the whole workspace. */
const limits = z
  .strictObject({
    /** Connectors with all their instances, also those that are added later. */
    connectorIds: z.array(idOf('connector')).overwrite(unique),
    /** Single instances. */
    instanceIds: z.array(idOf('instance')).overwrite(unique),
  })
  .refine(({ connectorIds, instanceIds }) => connectorIds.length + instanceIds.length > 0, chooseOne)
  .refine(
    ({ connectorIds, instanceIds }) => connectorIds.length + instanceIds.length <= mostLimits,
    `Choose at most ${mostLimits} connectors and instances.`,
  )
  .nullable()

const fields = {
  name: nameOr('Enter a name that says what uses the key.'),
  role: z.enum(roles, 'Choose a role.'),
  limits,
  /** Whether it may only call endpoints, and read what it may call. */
  callOnly: z.boolean(),
  /** Null: never. */
  expiresAt: momentField.nullable(),
}

export const createApiKeySchema = z.strictObject(fields)
export type CreateApiKey = z.output<typeof createApiKeySchema>

const keyId = idOf('api_key')

export const apiKeySchema = z.strictObject({ keyId })
export const saveApiKeySchema = z.strictObject({ keyId, revision: revisionField, ...fields })
