import { isSameKey } from '@/lib/domain/content/parameter-keys'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkParameter } from '@/lib/endpoints/check-parameter'
import type { SaveConnectorParameters } from './schema'

type Given = Omit<SaveConnectorParameters['parameters'][number], 'id'>

/**
 * Refuses what could not be sent, a literal secret (rule R10), a header with cookies, and a header or cookie that is
 * listed twice.
 */
export function checkConnectorParameters(parameters: readonly Given[]): Result<null> {
  for (const [index, parameter] of parameters.entries()) {
    const { place, key } = parameter
    const checked = checkParameter(parameter, `parameters.${index}`)
    if (!checked.ok) return checked
    // Its text would be sent before the cookies of methods and endpoints, also before one of the same name.
    if (place === 'header' && isSameKey('header', key, 'Cookie'))
      return refuse('invalid_input', 'Add cookies under Cookies.', `parameters.${index}.key`)
    const isListed = parameters
      .slice(0, index)
      .some((other) => other.place === place && isSameKey(place, other.key, key))
    if (place !== 'url' && isListed)
      return refuse('invalid_input', `The ${place} ${key} is listed twice. Remove one.`, `parameters.${index}.key`)
  }
  return succeed(null)
}
