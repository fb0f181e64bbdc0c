import 'server-only'
import { compareFields } from '@/lib/domain/history/compare-values'
import { bodiesOutliveRequests, hoursInWords, isShortened, type Retention } from '@/lib/domain/retention'
import { counted } from '@/lib/domain/counted'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { getSetting } from './get-setting'
import { saveRetentionSchema } from './schema'
import { storeSetting } from './store-setting'
import { savedSetting } from './views'
import { retentionFields } from './workspace-settings'

/**
 * Changes how long logged requests are stored. A shorter period needs confirmation, because the next clean-up deletes
 * what is older.
 */
export const saveRetention = operation({
  name: 'save_retention',
  permission: 'administer',
  input: saveRetentionSchema,
  output: savedSetting,
  run: ({ actor, transaction, audit }, { revision, confirmed, ...retention }) =>
    transaction(async (tx) => {
      if (bodiesOutliveRequests(retention)) return refuse('invalid_value', longerThanRequests(retention), 'bodyHours')
      const before = await getSetting(tx, 'retention')
      const stored = await storeSetting(actor, tx, { key: 'retention', revision, value: retention })
      if (!stored.ok) return stored
      // The refusal rolls the change back. It comes after the check of the revision: the question is about that version.
      if (isShortened(before, retention) && !confirmed)
        return refuse('confirmation_needed', deletionQuestion(before, retention))
      await audit(tx, {
        objectType: 'setting',
        objectName: 'Retention',
        changes: compareFields(retentionFields, before, retention),
      })
      return succeed(stored.value)
    }),
})

function longerThanRequests({ requestDays }: Retention): string {
  return `Bodies cannot be stored longer than their requests. Enter at most ${requestDays * 24} hours (${counted(requestDays, 'day')}).`
}

function deletionQuestion(before: Retention, after: Retention): string {
  const deleted = [
    ...(after.requestDays < before.requestDays ? [`requests older than ${counted(after.requestDays, 'day')}`] : []),
    ...(after.bodyHours < before.bodyHours ? [`bodies older than ${hoursInWords(after.bodyHours)}`] : []),
  ]
  return `The next clean-up, within an hour, deletes ${deleted.join(' and ')}. They cannot be restored.`
}
