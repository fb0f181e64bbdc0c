'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useFormContext } from '@/components/forms/form-context'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TimeZoneField } from '@/components/forms/time-zone-field'
import { Section } from '@/components/ui/section'
import { toast } from '@/components/ui/toast'
import { saveProfileAction } from '@/lib/people/actions'
import type { ProfileView } from '@/lib/people/views'

/** The person’s own name and time zone. */
export function ProfileForm({ profile }: { profile: ProfileView }) {
  return (
    <Section title="You" description="Your name is shown beside what you change.">
      <ActionForm
        action={saveProfileAction}
        aria-label="Profile"
        className="max-w-md"
        onDone={({ message }) => toast.success(message ?? 'Saved.')}
      >
        <TextField
          name="name"
          label="Your name"
          required
          autoComplete="name"
          maxLength={120}
          defaultValue={profile.name}
        />
        <TextField
          name="email"
          label="Email"
          disabled
          defaultValue={profile.email}
          help="You sign in with it. An administrator can invite you with another one."
        />
        <OwnTimeZone saved={profile.timeZone} />
        <div>
          <SubmitButton>Save profile</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  )
}

function OwnTimeZone({ saved }: { saved: string }) {
  const { errors, values, changed } = useFormContext()
  const [timeZone, setTimeZone] = useState(values.timeZone ?? saved)
  const choose = (next: string) => {
    setTimeZone(next)
    changed()
  }
  return (
    <>
      <input type="hidden" name="timeZone" value={timeZone} />
      <TimeZoneField
        value={timeZone}
        onChange={choose}
        none="As in this browser"
        help="Dates and times are shown in it."
        error={errors.timeZone}
      />
    </>
  )
}
