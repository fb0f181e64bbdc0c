import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import { readCatalogue, type Preset } from './read-catalogue'
import type { PresetSummary } from './preset-views'

/** The ready-made connectors, by name: few enough to be searched in the browser. */
export async function listPresets(actor: Actor): Promise<Result<PresetSummary[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const presets = await readCatalogue()
  const names = presets.map(({ document }) => foldName(document.name))
  const rows = await workspaceDb(actor.workspaceId).connector.findMany({
    where: { foldedName: { in: names } },
    select: { id: true, foldedName: true },
  })
  const installed = new Map(rows.map(({ id, foldedName }) => [foldedName, id]))
  return succeed(presets.map((preset) => summary(preset, installed.get(foldName(preset.document.name)))))
}

function summary({ key, document }: Preset, installedId: string | undefined): PresetSummary {
  const { name, description, systemType, colour, documentationUrl, methods, endpoints } = document
  return {
    ...{ key, name, description, systemType, colour, documentationUrl },
    methods: methods.map((method) => ({
      name: method.name,
      type: method.type,
      documentationUrl: method.documentationUrl,
    })),
    endpoints: endpoints.length,
    installed: installedId === undefined ? null : { id: installedId },
  }
}
