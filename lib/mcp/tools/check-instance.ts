import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { checkInstance as operation } from '@/lib/verification/check-instance'
import { verificationReport } from '@/lib/verification/verification-report'
import { cut } from '../cut'
import { instanceInput, instanceNamed } from '../named'
import { tool } from '../tool'

/** Rule R7. */
export const checkInstance = tool({
  name: 'check_instance',
  title: 'Check an instance',
  description:
    'Checks the stored credentials of an instance with its test request, and records the result. accepted: they work. rejected: they have to be corrected. could_not_tell: the response says nothing about them, so try later.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  operations: [operation],
  input: z.strictObject({ instance: instanceInput }),
  output: verificationReport,
  run: async (actor, { instance }) => {
    const instanceId = await instanceNamed(actor, instance)
    if (!instanceId.ok) return instanceId
    const report = await operation(actor, { instanceId: instanceId.value })
    return report.ok ? succeed({ ...report.value, message: cut(report.value.message, 2_000) }) : report
  },
})
