'use client'

import { useEffect, useState, type ChangeEvent } from 'react'
import { ConnectorIcon } from '@/components/connectors/connector-icon'
import { CheckboxField } from '@/components/forms/checkbox-field'
import { Field } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import type { ConnectorIcon as Icon } from '@/lib/connectors/views'

const mostBytes = 1_048_576

/** Shows the chosen image before it is saved. The server checks the contents of the file. */
export function IconField({ name, icon }: { name: string; icon: Icon }) {
  const form = useFormContext()
  const [preview, setPreview] = useState<string | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview)), [preview])

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    const refused = file !== undefined && file.size > mostBytes
    // The framework would refuse a request that is too large without a message, so the file is not sent at all.
    if (refused) event.target.value = ''
    setTooLarge(refused)
    setPreview(file && !refused ? URL.createObjectURL(file) : null)
  }
  return (
    <div className="grid gap-3">
      <Field
        label="Icon"
        error={tooLarge ? 'This image is larger than 1 MB. Choose a smaller one.' : form.errors.icon}
        help="PNG, JPEG, GIF or SVG, at most 1 MB."
      >
        {({ required: _required, ...control }) => (
          <span className="flex items-center gap-3">
            <ConnectorIcon name={name || '?'} icon={{ ...icon, url: preview ?? icon.url }} size="lg" />
            <input
              type="file"
              name="icon"
              accept="image/png,image/jpeg,image/gif,image/svg+xml"
              onChange={choose}
              className="min-w-0 text-sm text-muted file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-base file:text-foreground hover:file:bg-hover"
              {...control}
            />
          </span>
        )}
      </Field>
      {icon.url && <CheckboxField name="removeIcon" label="Remove the icon" />}
    </div>
  )
}
