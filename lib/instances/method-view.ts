import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { tokenOriginOf } from '@/lib/domain/authentication/token-origin'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { verifyPhases } from '@/lib/domain/requests/build-probe-request'
import type { InstanceMethodView } from './views'

export function methodView({ id, name, type, phases }: MethodDefinition): InstanceMethodView {
  return {
    ...{ id, name, type },
    needsPerson: needsPerson({ type, phases }),
    hasTestRequest: verifyPhases({ phases }).length > 0 || tokenOriginOf({ type, phases }) === 'requests',
    revokes: phases.some(({ kind, url }) => kind === 'revoke' && Boolean(url)),
  }
}
