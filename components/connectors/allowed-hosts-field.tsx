'use client'

import { TextareaField } from '@/components/forms/textarea-field'

export function AllowedHostsField({ hosts }: { hosts: string[] }) {
  return (
    <TextareaField
      name="allowedHosts"
      label="Allowed hosts"
      rows={2}
      mono
      defaultValue={hosts.join('\n')}
      placeholder="*.acme.com"
      help="Only needed where a person types a whole address, or the third party answers with one. One per line; *.acme.com means everything under acme.com."
    />
  )
}
