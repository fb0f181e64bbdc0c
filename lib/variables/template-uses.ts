import 'server-only'
import { templateVariables } from '@/lib/domain/templates/parse-template'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { textsOf } from '@/lib/domain/authentication/method-texts'
import { ofConnector, storedOptions } from '@/lib/platform/db/read-definition'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { VariableOwner } from './views'

/** A text of the definition that is a template, and what it belongs to, for a sentence. */
type Text = { where: string; text: string }

/** Whether the text uses the variable. A text that cannot be parsed cannot be sent either. */
function names(text: string, key: string): boolean {
  if (!text.includes(key)) return false
  const found = templateVariables(text)
  return found.ok && found.value.includes(key)
}

/**
 * The parts of the definition whose templates use the variable, each once: “Base URL”, “Shared parameters”, “OAuth 2”,
 * “List orders”.
 * @param changed the variable's method after this save, if it differs from the stored one
 */
export async function templatesUsing(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  key: string,
  changed: { options: Partial<MethodOptions> } | null = null,
): Promise<string[]> {
  const texts = [
    ...(await connectorTexts(tx, owner, key)),
    ...(await methodTexts(tx, owner, key, changed)),
    ...(await endpointTexts(tx, owner, key)),
  ]
  return [...new Set(texts.filter(({ text }) => names(text, key)).map(({ where }) => where))]
}

/** An endpoint's variables are only used in that endpoint. The others can be used in the whole connector. */
async function connectorTexts(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  key: string,
): Promise<Text[]> {
  if (owner.level === 'endpoint') return []
  const connector = await tx.connector.findFirst({
    where: { id: owner.connectorId },
    select: { baseUrl: true, parameters: { where: { ...ofConnector, value: { contains: key } } } },
  })
  if (!connector) return []
  const parameters = connector.parameters.map(({ value }) => ({ where: 'Shared parameters', text: value }))
  return [{ where: 'Base URL', text: connector.baseUrl }, ...parameters]
}

async function methodTexts(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  key: string,
  changed: { options: Partial<MethodOptions> } | null,
): Promise<Text[]> {
  if (owner.level === 'endpoint') return []
  const methods = await tx.authenticationMethod.findMany({
    where: { connectorId: owner.connectorId, ...(owner.level === 'method' && { id: owner.ownerId }) },
    select: {
      name: true,
      type: true,
      options: true,
      phases: true,
      parameters: { where: { value: { contains: key } } },
    },
  })
  return methods.flatMap((method) =>
    textsOf({ ...method, options: changed?.options ?? storedOptions(method) }).map((text) => ({
      where: method.name,
      text,
    })),
  )
}

async function endpointTexts(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  key: string,
): Promise<Text[]> {
  const mine = { connectorId: owner.connectorId, ...(owner.level === 'endpoint' && { id: owner.ownerId }) }
  const contains = { contains: key }
  const endpoints = await tx.endpoint.findMany({
    where: { ...mine, OR: [{ url: contains }, { body: contains }] },
    select: { name: true, url: true, body: true },
  })
  const parameters = await tx.parameter.findMany({
    where: { endpoint: mine, value: contains },
    select: { value: true, endpoint: { select: { name: true } } },
  })
  return [
    ...endpoints.flatMap(({ name, url, body }) => [url, body].map((text) => ({ where: name, text }))),
    ...parameters.map((parameter) => ({ where: parameter.endpoint?.name ?? '', text: parameter.value })),
  ]
}
