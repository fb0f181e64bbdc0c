/**
 * All columns with sealed values (DATA §5), by table, for re-sealing and for counting keys in use. A test compares the
 * list with the database, so that no new column is forgotten. The sentinel is separate
 * (lib/platform/server/sentinel.ts).
 */
export type SealedTable = {
  table: string
  columns: readonly `sealed${string}`[]
  /** The primary key. Its last column, `id`, is the row id that values are sealed for. */
  key: readonly KeyColumn[]
  /**
   * The row whose stamp a change raises (DATA §13). Other changes lock it before the values, so re-sealing does too.
   */
  owner: { table: 'Connector' | 'Instance'; column: 'connectorId' | 'instanceId' } | null
  /** A condition for rows that are skipped for now. */
  busy?: string
  /** The number of rows per transaction. */
  batch: number
}

export type KeyColumn = { name: 'at' | 'id'; type: 'timestamptz' | 'uuid' }

const byId: readonly KeyColumn[] = [{ name: 'id', type: 'uuid' }]
const ofInstance = { table: 'Instance', column: 'instanceId' } as const
const batch = 100

export const sealedTables: readonly SealedTable[] = [
  {
    table: 'MethodValue',
    columns: ['sealedValue'],
    key: byId,
    owner: { table: 'Connector', column: 'connectorId' },
    batch,
  },
  { table: 'InstanceValue', columns: ['sealedValue'], key: byId, owner: ofInstance, batch },
  { table: 'KeptValue', columns: ['sealedValue'], key: byId, owner: ofInstance, batch },
  {
    table: 'InstanceToken',
    columns: ['sealedAccessToken', 'sealedRefreshToken'],
    key: byId,
    owner: ofInstance,
    // The sealed text is the version of the token, so requests that wait for a refresh would take the re-sealed token
    // for a new one.
    busy: `"leaseUntil" > now()`,
    batch,
  },
  { table: 'Certificate', columns: ['sealedKey'], key: byId, owner: ofInstance, batch },
  { table: 'PendingAuthorisation', columns: ['sealedVerifier', 'sealedSettings'], key: byId, owner: null, batch },
  { table: 'AuthorisationLink', columns: ['sealedSettings'], key: byId, owner: null, batch },
  { table: 'ShapeValue', columns: ['sealedValue'], key: byId, owner: null, batch },
  { table: 'Import', columns: ['sealedValues'], key: byId, owner: null, batch: 20 },
  {
    table: 'RequestLogBody',
    columns: ['sealedRequestBody', 'sealedResponseBody'],
    key: [{ name: 'at', type: 'timestamptz' }, ...byId],
    owner: null,
    // Up to 175 KB each.
    batch: 20,
  },
]

/** SQL for the name of the key in a sealed value, which is in its first 36 characters; empty for an empty value. */
export const keyNameIn = (column: string): string => `split_part(left(${column}, 40), '.', 2)`
