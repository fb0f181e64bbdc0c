import { z } from 'zod'
import { explainInstance as operation } from '@/lib/activity/explain-instance'
import { succeed } from '@/lib/domain/result'
import { cutToBytes } from '../cut'
import { instanceInput, instanceNamed } from '../named'
import { reads, tool } from '../tool'

/** In bytes: together at most 2 KB, also where every text is as long as it can be. */
const longest = { what: 300, reason: 500, whatToDo: 400, line: 120 }
const mostChanges = 2

export const explainInstance = tool({
  name: 'explain_instance',
  title: 'Explain an instance',
  description:
    'Says why an instance fails or cannot be used: what, since when, the reason, and what to do, in at most 2 KB. Use it when a call is refused or fails. It asks no third party; check_instance does.',
  annotations: reads,
  operations: [operation],
  input: z.strictObject({ instance: instanceInput }),
  output: z.strictObject({
    status: z.string(),
    what: z.string(),
    since: z.string(),
    reason: z.string(),
    whatToDo: z.string(),
    latestFailure: z.strictObject({ id: z.string(), at: z.string(), reason: z.string() }).nullable(),
    changes: z.array(z.string()).describe('What people changed between the last success and the first failure.'),
  }),
  run: async (actor, { instance }) => {
    const instanceId = await instanceNamed(actor, instance)
    if (!instanceId.ok) return instanceId
    const found = await operation(actor, { instanceId: instanceId.value })
    if (!found.ok) return found
    const { status, what, since, reason, whatToDo, latestFailure, changes } = found.value
    return succeed({
      ...{ status, since, what: cutToBytes(what, longest.what), reason: cutToBytes(reason, longest.reason) },
      whatToDo: cutToBytes(whatToDo, longest.whatToDo),
      latestFailure: latestFailure && {
        ...{ id: latestFailure.id, at: latestFailure.at, reason: cutToBytes(latestFailure.reason, longest.line) },
      },
      changes: changes
        .slice(0, mostChanges)
        .map((change) => cutToBytes(`${change.at}: ${change.what} ${change.objectName} (${change.by})`, longest.line)),
    })
  },
})
