import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { loadMethodChoice } from '@/lib/instances/method-choice'
import { methodChoice } from '@/lib/instances/views'
import { operation } from '@/lib/operations/operation'
import { trialMethodsSchema } from './schema'

/**
 * The methods that can be tried with typed values, and their fields: for an endpoint, those that it accepts (rule R1).
 * A method that needs a person at the third party cannot be tried this way.
 */
export const listTrialMethods = operation({
  name: 'list_trial_methods',
  permission: 'change',
  input: trialMethodsSchema,
  output: z.array(methodChoice),
  run: async ({ actor, db }, { subject }) => {
    const rows = await db.authenticationMethod.findMany({
      where:
        subject.kind === 'method'
          ? { id: subject.methodId }
          : { enablements: { some: { endpointId: subject.endpointId } } },
      select: { id: true, documentationUrl: true },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    })
    const methods = await Promise.all(rows.map((method) => loadMethodChoice(actor.workspaceId, method)))
    return succeed(methods.filter((method) => method !== null).filter(({ needsPerson }) => !needsPerson))
  },
})
