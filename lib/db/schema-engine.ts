import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { migrationDirectories, readSchema, schemaPath } from './migration-files'

/**
 * Prisma's own schema engine, in the WebAssembly build that comes from npm. Its native build is downloaded at
 * install time, which fails where only the package registry can be reached.
 */

type MigrationList = ReturnType<typeof migrationDirectories>
type Filters = { externalTables: string[]; externalEnums: string[] }
type Engine = {
  applyMigrations(input: { migrationsList: MigrationList; filters: Filters }): Promise<{ appliedMigrationNames: string[] }>
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
  SchemaEngine: { new: (options: { datamodels: [string, string][] }, log: (line: string) => void, adapter: object) => Promise<Engine> }
}

const noFilters: Filters = { externalTables: [], externalEnums: [] }

let bindings: Promise<Bindings> | undefined

async function loadBindings(): Promise<Bindings> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const loaded = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings & WebAssembly.ModuleImports
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': loaded,
  })
  loaded.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return loaded
}

/**
 * Runs each script whole. The adapter's own executeScript cuts at every semicolon, which breaks the body of a
 * function; Postgres takes the whole script as one message and applies it as one transaction.
 */
class MigrationPg extends PrismaPg {
  override async connect() {
    return adapted(await super.connect())
  }
  override async connectToShadowDb() {
    return adapted(await super.connectToShadowDb())
  }
}

function adapted<Adapter extends Awaited<ReturnType<PrismaPg['connect']>>>(adapter: Adapter): Adapter {
  const { client } = adapter as unknown as { client: { query(sql: string): Promise<unknown> } }
  adapter.executeScript = async (script) => void (await client.query(script))
  return adapter
}

async function withEngine<T>(databaseUrl: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await (bindings ??= loadBindings())
  // One connection of its own: the engine holds a Postgres advisory lock for as long as it is connected.
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationPg({ connectionString: databaseUrl, max: 1 }))
  const engine = await SchemaEngine.new({ datamodels: [[schemaPath, readSchema()]] }, () => {}, adapter)
  try {
    return await use(engine)
  } finally {
    engine.free()
  }
}

/** Applies the migrations that the database does not have yet; returns their names. Several starters at once are safe. */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationDirectories(), filters: noFilters })
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
      from: migrationDirectories().migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrationDirectories() },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: readSchema() }] },
      script: true,
      exitCode: null,
      filters: noFilters,
    })
    return stdout ?? ''
  })
}
