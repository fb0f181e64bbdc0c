import { readForm } from '@/lib/platform/forms/form-data'

/** The form of a new endpoint; the methods that it switches on come as one field each. */
export async function readEndpointForm(data: FormData) {
  const { methodIds: _, ...values } = readForm(data)
  return {
    input: { ...values, methodIds: data instanceof FormData ? data.getAll('methodIds').map(String) : [] },
    values,
  }
}
