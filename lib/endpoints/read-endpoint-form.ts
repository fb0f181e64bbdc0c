import { readForm } from '@/lib/platform/forms/form-data'

/** Reads the form of a new endpoint. It has one field for each method to turn on. */
export async function readEndpointForm(data: FormData) {
  const { methodIds: _, ...values } = readForm(data)
  return {
    input: { ...values, methodIds: data instanceof FormData ? data.getAll('methodIds').map(String) : [] },
    values,
  }
}
