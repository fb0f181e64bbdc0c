'use client'

import { TextareaField } from '@/components/forms/textarea-field'
import { useAction } from '@/components/forms/use-action'
import { SettingForm } from '@/components/settings/setting-form'
import { useSetting } from '@/components/settings/use-setting'
import { Section } from '@/components/ui/section'
import { longestReturnAddress, mostReturnAddresses } from '@/lib/domain/urls/return-address'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { saveReturnAddressesAction } from '@/lib/settings/actions'
import type { ReturnAddressesView } from '@/lib/settings/views'

/** *Return addresses*: one list, one per line. */
export function ReturnAddressesForm({ setting: { addresses, revision, saved } }: { setting: ReturnAddressesView }) {
  const [saveReturnAddresses, pending] = useAction(saveReturnAddressesAction, unansweredResult)
  const setting = useSetting({
    stored: { draft: { addresses: addresses.join('\n') }, revision },
    pending,
    send: (draft) => saveReturnAddresses({ revision, addresses: linesOf(draft.addresses) }),
    savedMessage: 'Return addresses saved.',
  })
  return (
    <Section
      title="Return addresses"
      description="Where the browser may go when an authorisation that one of your own apps began through the API is finished. The app names one of these addresses; any other one is refused."
    >
      <SettingForm name="return addresses" setting={setting} saved={saved}>
        <TextareaField
          name="addresses"
          label="Addresses"
          className="max-w-3xl"
          rows={8}
          mono
          spellCheck={false}
          autoCapitalize="off"
          value={setting.draft.addresses}
          onChange={({ target }) => setting.setDraft({ addresses: target.value })}
          error={setting.errors.addresses}
          placeholder="https://app.example.com/connected"
          help={`One per line, at most ${mostReturnAddresses}, each with at most ${longestReturnAddress.toLocaleString('en-GB')} characters. Enter every address in full, with its path and query: they are compared exactly. Only https://, or http:// for this computer (localhost, 127.0.0.1, [::1]).`}
        />
      </SettingForm>
    </Section>
  )
}

function linesOf(typed: string): string[] {
  const lines = typed.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '')
}
