import type { Role } from '@/lib/domain/access/roles'
import type { CreateApiKey } from '@/lib/api-keys/schema'
import type { ApiKeyDetail, KeyLimit } from '@/lib/api-keys/views'

/** The form of an API key while it is edited. */
export type KeyDraft = {
  name: string
  role: Role
  /** Whether the key is limited to `limited`, which stays when the person looks at the other choice. */
  limits: 'workspace' | 'some'
  limited: KeyLimit[]
  callOnly: boolean
  expiresAt: ExpiryChoice
  /** As the browser writes it, in the person’s time zone: `2027-03-31`. */
  expiryDate: string
}

/** `keep`: the expiry that the key has. */
export type ExpiryChoice = 'keep' | 'never' | '30d' | '90d' | '365d' | 'date'

export const expiryLabels: Record<Exclude<ExpiryChoice, 'keep'>, string> = {
  never: 'Never',
  '30d': 'In 30 days',
  '90d': 'In 90 days',
  '365d': 'In 1 year',
  date: 'On a date',
}

export const emptyDraft: KeyDraft = {
  name: '',
  role: 'user',
  limits: 'workspace',
  limited: [],
  callOnly: false,
  expiresAt: '90d',
  expiryDate: '',
}

export function draftOfKey({ name, role, limits, callOnly, expiresAt }: ApiKeyDetail): KeyDraft {
  return {
    ...{ name, role, callOnly },
    limits: limits === null ? 'workspace' : 'some',
    limited: limits ?? [],
    expiresAt: expiresAt === null ? 'never' : 'keep',
    expiryDate: '',
  }
}

/** @param kept the expiry that the key has */
export function inputOf(draft: KeyDraft, now: Date, kept: string | null = null): CreateApiKey {
  const { name, role, limits, limited, callOnly } = draft
  const idsOf = (kind: KeyLimit['kind']) => limited.filter((limit) => limit.kind === kind).map(({ id }) => id)
  return {
    ...{ name, role, callOnly },
    limits: limits === 'workspace' ? null : { connectorIds: idsOf('connector'), instanceIds: idsOf('instance') },
    expiresAt: expiryOf(draft, now, kept),
  }
}

const dayMs = 86_400_000

function expiryOf({ expiresAt, expiryDate }: KeyDraft, now: Date, kept: string | null): string | null {
  if (expiresAt === 'never') return null
  if (expiresAt === 'keep') return kept
  if (expiresAt === 'date') return endOfDay(expiryDate)
  return new Date(now.getTime() + Number.parseInt(expiresAt) * dayMs).toISOString()
}

/** The last moment of the day in the person’s time zone. The text itself, which the server refuses, if it is no day. */
function endOfDay(date: string): string {
  const end = new Date(`${date}T23:59:59`)
  return Number.isNaN(end.getTime()) ? date : end.toISOString()
}
