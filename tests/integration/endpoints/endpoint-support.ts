import { endpointFieldsOf } from '@/lib/endpoints/fields'
import { systemDb } from '@/lib/platform/db/client'
import type { SaveEndpoint } from '@/lib/endpoints/schema'

/** The endpoint as the editor would send it back, unchanged but for the given fields. */
export async function endpointAsSaved(endpointId: string, given: Partial<SaveEndpoint> = {}): Promise<SaveEndpoint> {
  const row = await systemDb().endpoint.findUniqueOrThrow({
    where: { id: endpointId },
    include: { parameters: { orderBy: { position: 'asc' } } },
  })
  const parameters = row.parameters.map(({ id, place, key, value, required, displayName, helpText }) => ({
    id,
    place,
    key,
    value,
    required,
    displayName,
    helpText,
  }))
  const { revision } = row
  return { endpointId, revision, ...endpointFieldsOf(row), parameters, confirmed: false, ...given }
}

export const newParameter = (
  given: Partial<SaveEndpoint['parameters'][number]> = {},
): SaveEndpoint['parameters'][number] => ({
  id: null,
  place: 'url',
  key: 'status',
  value: '{{ status }}',
  required: false,
  displayName: '',
  helpText: '',
  ...given,
})
