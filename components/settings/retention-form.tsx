'use client'

import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { SettingForm } from '@/components/settings/setting-form'
import { useSetting } from '@/components/settings/use-setting'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import { defaultRetention, hoursInWords, mostBodyHours, mostRequestDays } from '@/lib/domain/retention'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { saveRetentionAction } from '@/lib/settings/actions'
import type { RetentionView } from '@/lib/settings/views'

/** *Retention*: how long logged requests are stored. Asks before it shortens a period. */
export function RetentionForm({ setting: stored }: { setting: RetentionView }) {
  const { requestDays, bodyHours, revision, saved } = stored
  const [saveRetention, pending] = useAction(saveRetentionAction, unansweredResult)
  const setting = useSetting({
    stored: { draft: { requestDays: String(requestDays), bodyHours: String(bodyHours) }, revision },
    pending,
    send: (draft, confirmed) => saveRetention({ ...draft, revision, confirmed }),
    savedMessage: 'Retention saved.',
  })
  const { draft, setDraft, errors, question } = setting
  const hours = /^\d{1,4}$/.test(draft.bodyHours) ? Number(draft.bodyHours) : 0
  return (
    <Section title="Retention" description="How long this workspace stores the requests that it sends.">
      <SettingForm name="retention" setting={setting} saved={saved}>
        <TextField
          name="requestDays"
          label="Days to store requests"
          required
          inputMode="numeric"
          className="max-w-md"
          value={draft.requestDays}
          onChange={({ target }) => setDraft({ ...draft, requestDays: target.value })}
          suffix="days"
          error={errors.requestDays}
          help={`Address, status, headers and timing of every request. 1 to ${mostRequestDays}, default: ${defaultRetention.requestDays}.`}
        />
        <TextField
          name="bodyHours"
          label="Hours to store bodies"
          required
          inputMode="numeric"
          className="max-w-md"
          value={draft.bodyHours}
          onChange={({ target }) => setDraft({ ...draft, bodyHours: target.value })}
          suffix={hours > 0 && hours % 24 === 0 ? `hours (${hoursInWords(hours)})` : 'hours'}
          error={errors.bodyHours}
          help={`They may contain your customers’ data. 1 to ${mostBodyHours} (30 days), not longer than requests. Default: ${defaultRetention.bodyHours}.`}
        />
      </SettingForm>
      <ConfirmDialog
        title="Delete older requests?"
        confirmLabel="Save and delete"
        danger
        open={question !== null}
        onOpenChange={(open) => !open && setting.forgetQuestion()}
        onConfirm={async () => void (await setting.save(true))}
      >
        <p>{question}</p>
      </ConfirmDialog>
    </Section>
  )
}
