import { readForm, uploadedFile } from '@/lib/platform/forms/form-data'

/**
 * Turns the form into the input of the operation. Text that is not a number is passed on, and the schema refuses it.
 */
export async function readConnectorForm(data: FormData) {
  const { removeIcon, ...values } = readForm(data)
  const { rateLimitAmount = '', colour = '', allowedHosts = '', revision, ...others } = values
  const file = uploadedFile(data, 'icon')
  const input = {
    ...others,
    rateLimitAmount: numberOf(rateLimitAmount),
    colour: colour === '' ? null : colour,
    allowedHosts: allowedHosts.split(/[\s,]+/).filter((host) => host !== ''),
    icon: file ? Buffer.from(await file.arrayBuffer()).toString('base64') : removeIcon ? 'remove' : 'keep',
    ...(revision !== undefined && { revision: numberOf(revision) }),
  }
  return { values, input }
}

/** Null for an empty field. */
function numberOf(typed: string): number | string | null {
  const text = typed.trim()
  if (text === '') return null
  return /^\d+$/.test(text) ? Number(text) : typed
}
