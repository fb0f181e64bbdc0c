import { isObject } from '@/lib/domain/is-object'
import { readForm } from '@/lib/platform/forms/form-data'

/**
 * Reads the form of a new endpoint. It has one field for each method to turn on, and one, as JSON, for what has no
 * controls there: body, parameters and variables that were read from a curl command.
 */
export async function readEndpointForm(data: FormData) {
  const { methodIds: _, definition = '', ...values } = readForm(data)
  return {
    input: {
      ...values,
      ...definitionOf(definition),
      methodIds: data instanceof FormData ? data.getAll('methodIds').map(String) : [],
    },
    values,
  }
}

function definitionOf(json: string): object {
  try {
    const read: unknown = JSON.parse(json || '{}')
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}
