import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { presetOf } from '@/lib/imports/read-catalogue'

const folder = join(process.cwd(), 'lib/imports/catalogue')
const today = new Date().toISOString().slice(0, 10)

/** All ready-made connectors. Reading them here refuses facts that were checked in the future. */
export const everyPreset = readdirSync(folder).map((name) =>
  presetOf(name, readFileSync(join(folder, name), 'utf8'), today),
)
