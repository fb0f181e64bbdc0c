import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { optionsOfGroups } from '@/lib/domain/method-options/options'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { storedOptions } from '@/lib/platform/db/read-definition'
import { methodFieldsOf, type MethodFields } from './fields'

/** The fields of a method's row, with all options of its type. */
export function storedFields(row: Record<keyof MethodFields, unknown> & { type: AuthenticationType }): MethodFields {
  const { optionGroups } = authenticationTypeDefinitions[row.type]
  return methodFieldsOf({ ...row, options: optionsOfGroups(optionGroups, storedOptions(row)) })
}
