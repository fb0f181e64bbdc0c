import 'server-only'
import { addMethod } from '@/lib/authentication-methods/create-method'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import { installConnector } from '@/lib/connection-documents/install-connector'
import type { Actor } from '@/lib/domain/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { readCatalogue } from './read-catalogue'
import type { AddPresetMethod, InstallPreset } from './schema'

const unknown = () => refuse('not_found', 'There is no such ready-made connector. Reload the page to see those there are.')

async function presetCalled(key: string) {
  return (await readCatalogue()).find((preset) => preset.key === key)
}

/** Adds a ready-made connector with its methods, endpoints and toggles: all of it, or nothing. */
export async function installPreset(actor: Actor, { preset: key, name }: InstallPreset): Promise<Result<{ id: string }>> {
  const preset = await presetCalled(key)
  return preset ? installConnector(actor, { ...preset.document, ...(name !== '' && { name }) }, 'install_connector') : unknown()
}

/**
 * Adds one method of a ready-made connector to a connector of one's own. It names whole addresses where the ready-made
 * connector's own base URL would stand before them.
 */
export async function addPresetMethod(actor: Actor, { connectorId, preset: key, method: methodName, name }: AddPresetMethod): Promise<Result<{ id: string; pendingOrigins: string[] }>> {
  const document = (await presetCalled(key))?.document
  const method = document?.methods.find((candidate) => candidate.name === methodName)
  if (!document || !method) return unknown()
  const plan = planMethod({ ...method, ...(name !== '' && { name }) })
  return plan.ok ? addMethod(actor, connectorId, plan.value, 'create_method') : plan
}
