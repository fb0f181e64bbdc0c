'use client'

import type { FormEvent, ReactNode } from 'react'
import { SaveRefused } from '@/components/forms/save-refused'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { LastSaved } from '@/components/settings/last-saved'
import type { useSetting } from '@/components/settings/use-setting'
import { Button } from '@/components/ui/button'
import type { SavedSetting } from '@/lib/settings/views'

type SettingFormProps = {
  /** “retention”, as in *Save retention*. */
  name: string
  setting: Omit<ReturnType<typeof useSetting<Record<string, string>>>, 'setDraft'>
  saved: SavedSetting
  children: ReactNode
}

/** The form of a setting: its fields, who saved it last, and the buttons. */
export function SettingForm({ name, setting, saved, children }: SettingFormProps) {
  const { state, merged, draft, choose, dirty, pending, question, save, discard } = setting
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (dirty && !pending) void save(false)
  }
  return (
    <form data-form="" noValidate onSubmit={submit} aria-label={name} className="grid gap-5">
      <SaveRefused state={state} merged={merged} draft={draft} onChoose={choose} />
      {children}
      <LastSaved saved={saved} />
      <UnsavedBar dirty={dirty} message={`Unsaved changes in ${name}`}>
        <Button disabled={!dirty || pending} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={pending && question === null} disabled={!dirty} {...saveKeys}>
          Save {name}
        </Button>
      </UnsavedBar>
    </form>
  )
}
