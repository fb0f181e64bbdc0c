import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { migrationDirectories, readSchema, schemaPath } from './migration-files'

/**
 * Prisma's own schema engine, in the WebAssembly build that comes from npm. Its native build is downloaded at
 * install time, which fails where only the package registry can be reached.
 */

type MigrationList = ReturnType<typeof migrationDirectories>
type Filters = { externalTables: string[]; externalEnums: string[] }
type Engine = {
  applyMigrations(input: {
    migrationsList: MigrationList
    filters: Filters
  }): Promise<{ appliedMigrationNames: string[] }>
  diff(input: {
    from: DiffTarget
    to: DiffTarget
    script: boolean
    exitCode: boolean | null
    filters: Filters
  }): Promise<{ exitCode: number; stdout: string | null }>
  free(): void
}
type DiffTarget =
  | { tag: 'empty' }
  | ({ tag: 'migrations' } & MigrationList)
  | { tag: 'schemaDatamodel'; files: { path: string; content: string }[] }
type Bindings = {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
  SchemaEngine: {
    new: (options: { datamodels: [string, string][] }, log: (line: string) => void, adapter: object) => Promise<Engine>
  }
}

const noFilters: Filters = { externalTables: [], externalEnums: [] }

let bindings: Promise<Bindings> | undefined

async function loadBindings(): Promise<Bindings> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const loaded = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings &
    WebAssembly.ModuleImports
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': loaded,
  })
  loaded.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  // The engine reports its own crash here. Without it, the process would hang.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: crashed } })
  return loaded
}

function crashed(message: string): never {
  throw new Error(`The schema engine crashed: ${message}`)
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** Prisma's Postgres adapter, adapted to the schema engine. It knows its connections, so that they can be closed. */
class MigrationPg extends PrismaPg {
  private readonly opened = new Map<Adapter, Adapter['dispose']>()

  override async connect() {
    const adapter = await super.connect()
    this.opened.set(adapter, adapter.dispose.bind(adapter))
    // The engine closes some of its connections itself, and never the one that holds its lock.
    adapter.dispose = () => this.close(adapter)
    adapter.executeScript = (script) => executeWhole(adapter, script)
    readCatalogueCharacters(adapter)
    return adapter
  }

  /**
   * This database is already an empty scratch database, so migrations are replayed in it and no other one is created.
   */
  override connectToShadowDb() {
    return this.connect()
  }

  async closeAll() {
    await Promise.all([...this.opened.keys()].map((adapter) => this.close(adapter)))
  }

  private async close(adapter: Adapter) {
    const dispose = this.opened.get(adapter)
    this.opened.delete(adapter)
    await dispose?.()
  }
}

/**
 * The adapter's own executeScript splits at every semicolon, which breaks the bodies of functions. Postgres accepts the
 * whole script as one message and applies it in one transaction.
 */
async function executeWhole(adapter: Adapter, script: string): Promise<void> {
  await adapter.underlyingDriver().query(script)
}

const catalogueCharacter = pg.types.builtins.CHAR

/**
 * The adapter refuses the one-byte type "char" of Postgres' catalogue, which the engine needs for the kinds of
 * constraints. So the driver declares such a column as text, and the result set then gets the real type.
 */
function readCatalogueCharacters(adapter: Adapter): void {
  const characterColumns = new WeakMap<object, number[]>()
  const driver = adapter.underlyingDriver() as unknown as { query(...input: unknown[]): Promise<pg.QueryArrayResult> }
  const [query, queryRaw] = [driver.query.bind(driver), adapter.queryRaw.bind(adapter)]
  driver.query = async (...input) => {
    const result = await query(...input)
    const columns = [...(result.fields ?? []).keys()].filter(
      (index) => result.fields[index]!.dataTypeID === catalogueCharacter,
    )
    for (const index of columns) result.fields[index]!.dataTypeID = pg.types.builtins.TEXT
    if (columns.length > 0) characterColumns.set(result.rows, columns)
    return result
  }
  adapter.queryRaw = async (input) => {
    const set = await queryRaw(input)
    for (const index of characterColumns.get(set.rows) ?? []) set.columnTypes[index] = ColumnTypeEnum.Character
    return set
  }
}

async function withEngine<T>(databaseUrl: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await (bindings ??= loadBindings())
  // A separate connection, because the engine has a Postgres advisory lock as long as it is connected.
  const connections = new MigrationPg({ connectionString: databaseUrl, max: 1 })
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaPath, readSchema()]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(connections),
  )
  try {
    return await use(engine)
  } finally {
    engine.free()
    await connections.closeAll()
  }
}

/**
 * Applies the migrations that the database does not have yet; returns their names. Several starters at once are safe.
 */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationDirectories(),
      filters: noFilters,
    })
    return appliedMigrationNames
  })
}

/**
 * The SQL that leads from the migrations to the schema, empty when they agree.
 * @param databaseUrl an empty scratch database: the engine replays the migrations in it
 */
export function diffSchema(databaseUrl: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from:
        migrationDirectories().migrationDirectories.length === 0
          ? { tag: 'empty' }
          : { tag: 'migrations', ...migrationDirectories() },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: readSchema() }] },
      script: true,
      exitCode: null,
      filters: noFilters,
    })
    return stdout === null || stdout.startsWith('-- This is an empty migration.') ? '' : stdout
  })
}
