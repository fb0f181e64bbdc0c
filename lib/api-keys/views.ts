import { z } from 'zod'
import { keyStates } from '@/lib/domain/access/api-keys'
import { roles } from '@/lib/domain/access/roles'
import { keysOf } from '@/lib/domain/text-schema'

/** An API key, as the list shows it. Neither the key nor its hash. */
export const apiKeySummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The first characters of the key, to recognise it by. */
  prefix: z.string(),
  state: z.enum(keysOf(keyStates)),
  role: z.enum(roles),
  /** The person whose current role limits the key; null after they were removed. */
  owner: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
  /** What the key may do now: its role, or that of its owner if it is lower. Null without an owner. */
  currentRole: z.enum(roles).nullable(),
  callOnly: z.boolean(),
  /** The numbers of connectors and instances it is limited to. Null: it may access the whole workspace. */
  limitedTo: z.strictObject({ connectors: z.int(), instances: z.int() }).nullable(),
  createdAt: z.string(),
  /** Null: never. */
  expiresAt: z.string().nullable(),
  /** To the minute. Null: never. */
  lastUsedAt: z.string().nullable(),
  lastUsedAddress: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
export type ApiKeySummary = z.infer<typeof apiKeySummary>

/** A connector or an instance to which a key is limited. */
export const keyLimit = z.strictObject({
  kind: z.enum(['connector', 'instance']),
  id: z.string(),
  label: z.string(),
  /** The connector of an instance. */
  detail: z.string(),
})
export type KeyLimit = z.infer<typeof keyLimit>

export const apiKeyDetail = z.strictObject({
  ...apiKeySummary.shape,
  revision: z.int(),
  /** Null: the whole workspace. Empty: everything it was limited to has been deleted, so it may access nothing. */
  limits: z.array(keyLimit).nullable(),
})
export type ApiKeyDetail = z.infer<typeof apiKeyDetail>

/** The only result that contains a key. */
export const createdApiKey = z.strictObject({ id: z.string(), key: z.string() })
