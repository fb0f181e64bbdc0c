import type { Client } from 'pg'

/** In the order in which they refer to each other. */
const tables = [
  ...['Connector', 'AuthenticationMethod', 'ConnectorSchema', 'Endpoint', 'Variable', 'Parameter', 'Enablement'],
]
const rowsAtOnce = 1_000

type Batch = { table: string; rows: string }

/** The rows of a connector, to insert them again: the least that any import has to do in the database. */
export class StoredConnector {
  private constructor(
    readonly client: Client,
    readonly id: string,
    readonly batches: readonly Batch[],
  ) {}

  static async take(client: Client, id: string): Promise<StoredConnector> {
    const batches: Batch[] = []
    for (const table of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS "row" FROM "${table}" t WHERE "${table === 'Connector' ? 'id' : 'connectorId'}" = $1`,
        [id],
      )
      for (let first = 0; first < rows.length; first += rowsAtOnce) {
        const some = rows.slice(first, first + rowsAtOnce)
        batches.push({ table, rows: `[${some.map(({ row }) => row).join()}]` })
      }
    }
    return new StoredConnector(client, id, batches)
  }

  /** The rows must not exist. They are inserted in one transaction, with one statement for each batch. */
  async insertAgain(): Promise<void> {
    await this.client.query('BEGIN')
    for (const { table, rows } of this.batches)
      await this.client.query(`INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1)`, [
        rows,
      ])
    await this.client.query('COMMIT')
  }

  async remove(): Promise<void> {
    await this.client.query('DELETE FROM "Connector" WHERE "id" = $1', [this.id])
  }
}
