'use client'

import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { TextField } from '@/components/forms/text-field'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'

type MethodDetailsFieldsProps = {
  type: AuthenticationType
  draft: MethodDraft
  onChange: (draft: MethodDraft) => void
  errors: Record<string, string>
  canChange: boolean
}

export function MethodDetailsFields({ type, draft, onChange, errors, canChange }: MethodDetailsFieldsProps) {
  const field = (name: 'name' | 'timeoutSeconds' | 'documentationUrl') => ({
    name,
    value: draft[name],
    readOnly: !canChange,
    error: errors[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...draft, [name]: event.target.value }),
  })
  return (
    <div className="grid gap-5 sm:grid-cols-2 xl:grid-cols-[1fr_1fr_8rem_1fr]">
      <TextField label="Name" required maxLength={120} {...field('name')} />
      <TextField
        label="Type"
        name="type"
        value={authenticationTypes[type]}
        readOnly
        help="The type of an existing method cannot be changed."
      />
      <TextField label="Timeout limit" type="number" min={1} max={300} suffix="seconds" {...field('timeoutSeconds')} />
      <TextField label="Documentation" type="url" placeholder="https://" {...field('documentationUrl')} />
    </div>
  )
}
