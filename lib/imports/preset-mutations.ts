import 'server-only'
import { addMethod } from '@/lib/authentication-methods/create-method'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import type { MethodFields } from '@/lib/authentication-methods/document-schema'
import { installConnector } from './install-connector'
import type { ConnectorDocument } from './document-schema'
import { workspaceDb } from '@/lib/platform/db/client'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { readCatalogue } from './read-catalogue'
import type { AddPresetMethod, InstallPreset } from './preset-schema'

const unknown = () =>
  refuse('not_found', 'There is no such ready-made connector. Reload the page to see those there are.')

async function presetCalled(key: string) {
  return (await readCatalogue()).find((preset) => preset.key === key)
}

/** Adds a ready-made connector with its methods, endpoints and toggles: all of it, or nothing. */
export async function installPreset(
  actor: Actor,
  { preset: key, name }: InstallPreset,
): Promise<Result<{ id: string }>> {
  const preset = await presetCalled(key)
  return preset
    ? installConnector(actor, { ...preset.document, ...(name !== '' && { name }) }, 'install_connector')
    : unknown()
}

/** Adds one method of a ready-made connector to a connector of one's own, with what it takes from the ready-made one. */
export async function addPresetMethod(
  actor: Actor,
  { connectorId, preset: key, method: methodName, name }: AddPresetMethod,
): Promise<Result<{ id: string; pendingOrigins: string[] }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const document = (await presetCalled(key))?.document
  const method = document?.methods.find((candidate) => candidate.name === methodName)
  if (!document || !method) return unknown()
  const select = { baseUrl: true, variables: { where: { level: 'connector' as const }, select: { key: true } } }
  const connector = await workspaceDb(actor.workspaceId).connector.findFirst({ where: { id: connectorId }, select })
  if (!connector)
    return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  const plan = planMethod({ ...standingAlone(method, document, connector), ...(name !== '' && { name }) })
  return plan.ok ? addMethod(actor, connectorId, plan.value, 'create_method') : plan
}

type Target = { baseUrl: string; variables: { key: string }[] }

/** Connector variables that the target lacks become the method's own, and so does the base URL where it has none. */
function standingAlone(method: MethodFields, preset: ConnectorDocument, target: Target): MethodFields {
  const has = (key: string) => target.variables.some((variable) => variable.key === key)
  const missing = preset.variables.filter(({ key }) => !has(key) && !method.variables.some((own) => own.key === key))
  const options =
    target.baseUrl === '' && !method.options.baseUrl ? { ...method.options, baseUrl: preset.baseUrl } : method.options
  return {
    ...method,
    options,
    variables: [...missing, ...method.variables],
    uses: method.uses.filter(({ key }) => has(key)),
  }
}
