import 'server-only'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { readCatalogue, type Preset } from './read-catalogue'
import { type PresetSummary, presetSummary } from './preset-views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'

/** The ready-made connectors, sorted by name. They are few enough to be searched in the browser. */
export const listPresets = operation({
  name: 'list_presets',
  permission: 'see',
  input: noInput,
  output: z.array(presetSummary),
  run: async ({ db }) => {
    const presets = await readCatalogue()
    const names = presets.map(({ document }) => foldName(document.name))
    const rows = await db.connector.findMany({
      where: { foldedName: { in: names } },
      select: { id: true, foldedName: true },
    })
    const installed = new Map(rows.map(({ id, foldedName }) => [foldedName, id]))
    return succeed(presets.map((preset) => summary(preset, installed.get(foldName(preset.document.name)))))
  },
})

function summary({ key, document, facts }: Preset, installedId: string | undefined): PresetSummary {
  const { name, description, systemType, colour, documentationUrl, methods, endpoints } = document
  return {
    ...{ key, name, description, systemType, colour, documentationUrl },
    methods: methods.map((method) => ({
      name: method.name,
      type: method.type,
      documentationUrl: method.documentationUrl,
    })),
    endpoints: endpoints.length,
    checkedAt: facts.checked,
    sources: facts.sources,
    installed: installedId === undefined ? null : { id: installedId },
  }
}
