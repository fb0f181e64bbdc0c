import type { Adapter, AdapterPayload } from 'oidc-provider'

type Row = { model: string; id: string; payload: AdapterPayload }

/** What the authorisation server keeps: in memory, so that a test can reach in and revoke. */
export class AuthorisationStore {
  #rows = new Map<string, Row>()

  adapterOf = (model: string): Adapter => new MemoryAdapter(this, model)

  put(row: Row): void {
    this.#rows.set(`${row.model}:${row.id}`, row)
  }

  get(model: string, id: string): AdapterPayload | undefined {
    return this.#rows.get(`${model}:${id}`)?.payload
  }

  remove(match: (row: Row) => boolean): void {
    for (const [key, row] of this.#rows) if (match(row)) this.#rows.delete(key)
  }

  removeAll(...models: string[]): void {
    this.remove((row) => models.includes(row.model))
  }

  find(match: (row: Row) => boolean): AdapterPayload | undefined {
    return [...this.#rows.values()].find(match)?.payload
  }

  clear(): void {
    this.#rows.clear()
  }
}

class MemoryAdapter implements Adapter {
  constructor(
    private readonly store: AuthorisationStore,
    private readonly model: string,
  ) {}

  async upsert(id: string, payload: AdapterPayload): Promise<undefined> {
    this.store.put({ model: this.model, id, payload })
  }

  async find(id: string) {
    return this.store.get(this.model, id)
  }

  async findByUid(uid: string) {
    return this.store.find((row) => row.model === this.model && row.payload.uid === uid)
  }

  async findByUserCode(userCode: string) {
    return this.store.find((row) => row.model === this.model && row.payload.userCode === userCode)
  }

  async consume(id: string): Promise<undefined> {
    const payload = this.store.get(this.model, id)
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<undefined> {
    this.store.remove((row) => row.model === this.model && row.id === id)
  }

  async revokeByGrantId(grantId: string): Promise<undefined> {
    this.store.remove((row) => row.payload.grantId === grantId)
  }
}
