import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { addMethod } from '@/lib/authentication-methods/add-method'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import type { MethodInDocument } from '@/lib/authentication-methods/document-schema'
import type { ConnectorDocument } from './document-schema'
import { operation } from '@/lib/operations/operation'
import { addPresetMethodSchema } from './preset-schema'
import { addedMethod } from '@/lib/authentication-methods/views'
import { presetCalled, unknown } from './find-preset'

/** Adds one method of a ready-made connector to another connector, together with everything it needs from there. */
export const addPresetMethod = operation({
  name: 'add_preset_method',
  permission: 'change',
  input: addPresetMethodSchema,
  output: addedMethod,
  run: async (context, { connectorId, preset: key, method: methodName, name }) => {
    const { db } = context

    const document = (await presetCalled(key))?.document
    const method = document?.methods.find((candidate) => candidate.name === methodName)
    if (!document || !method) return unknown()
    const select = { baseUrl: true, variables: { where: { level: 'connector' as const }, select: { key: true } } }
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select })
    if (!connector) return notFound('connector')
    const plan = planMethod({ ...selfContained(method, document, connector), ...(name !== '' && { name }) })
    return plan.ok ? addMethod(context, connectorId, plan.value, 'create_method') : plan
  },
})

type Target = { baseUrl: string; variables: { key: string }[] }

/** Connector variables that the target does not have, and the base URL if it has none, become part of the method. */
function selfContained(method: MethodInDocument, preset: ConnectorDocument, target: Target): MethodInDocument {
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
