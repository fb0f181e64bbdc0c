import { readFileSync } from 'node:fs'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { replaceJson } from '../replace-json'

type Row = { model: string; id: string; payload: AdapterPayload }

const writeAfterMs = 50

/**
 * The authorisation server's storage. It is in memory, so that a test can revoke tokens. With a file it is also stored
 * there, so that grants and tokens survive a restart.
 */
export class AuthorisationStore {
  #rows: Map<string, Row>
  #writing: NodeJS.Timeout | undefined

  constructor(private readonly file: string | null = null) {
    this.#rows = new Map(file === null ? [] : readRows(file))
  }

  adapterOf = (model: string): Adapter => new MemoryAdapter(this, model)

  put(row: Row): void {
    this.#rows.set(`${row.model}:${row.id}`, row)
    this.#changed()
  }

  get(model: string, id: string): AdapterPayload | undefined {
    return this.#rows.get(`${model}:${id}`)?.payload
  }

  remove(match: (row: Row) => boolean): void {
    for (const [key, row] of this.#rows) if (match(row)) this.#rows.delete(key)
    this.#changed()
  }

  removeAll(...models: string[]): void {
    this.remove((row) => models.includes(row.model))
  }

  find(match: (row: Row) => boolean): AdapterPayload | undefined {
    return [...this.#rows.values()].find(match)?.payload
  }

  clear(): void {
    this.#rows.clear()
    this.#changed()
  }

  consume(model: string, id: string): void {
    const payload = this.get(model, id)
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
    this.#changed()
  }

  /** Writes pending changes. */
  close(): void {
    if (this.#writing !== undefined) this.#write()
  }

  /** Several changes in a row are written together, without expired entries. */
  #changed(): void {
    if (this.file !== null) this.#writing ??= setTimeout(() => this.#write(), writeAfterMs)
  }

  #write(): void {
    clearTimeout(this.#writing)
    this.#writing = undefined
    const now = Date.now() / 1000
    for (const [key, { payload }] of this.#rows)
      if (payload.exp !== undefined && payload.exp < now) this.#rows.delete(key)
    if (this.file !== null) replaceJson(this.file, [...this.#rows])
  }
}

function readRows(file: string): [string, Row][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as [string, Row][]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
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
    this.store.consume(this.model, id)
  }

  async destroy(id: string): Promise<undefined> {
    this.store.remove((row) => row.model === this.model && row.id === id)
  }

  async revokeByGrantId(grantId: string): Promise<undefined> {
    this.store.remove((row) => row.payload.grantId === grantId)
  }
}
