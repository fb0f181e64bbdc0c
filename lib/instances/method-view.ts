import { needsPerson } from '@/lib/domain/authentication/needs-person'
import type { MethodDefinition } from '@/lib/domain/definitions'
import type { InstanceMethodView } from './views'

export function methodView({ id, name, type, phases }: MethodDefinition): InstanceMethodView {
  return { id, name, type, needsPerson: needsPerson({ type, phases }), hasTestRequest: phases.some(({ kind, url }) => kind === 'verify' && Boolean(url)) }
}
