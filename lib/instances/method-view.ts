import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { MethodDefinition } from '@/lib/domain/definitions'
import type { InstanceMethodView } from './views'

export function methodView({ id, name, type, phases }: MethodDefinition): InstanceMethodView {
  const { needsPerson } = authenticationTypeDefinitions[type]
  return { id, name, type, needsPerson, hasTestRequest: phases.some(({ kind, url }) => kind === 'verify' && Boolean(url)) }
}
