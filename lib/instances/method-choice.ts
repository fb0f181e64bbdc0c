import 'server-only'
import { fieldViews } from './field-views'
import { loadFields } from './load-fields'
import { methodView } from './method-view'
import type { MethodChoice } from './views'

/** A method with the fields that it asks for; null if it has been deleted in the meantime. */
export async function loadMethodChoice(
  workspaceId: string,
  { id, documentationUrl }: { id: string; documentationUrl: string },
): Promise<MethodChoice | null> {
  const fields = await loadFields(workspaceId, id)
  return fields && { ...methodView(fields.method), documentationUrl, fields: fieldViews(fields) }
}
