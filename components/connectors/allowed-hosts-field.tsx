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
      help="Only needed if a variable or a response contains a whole address. One per line; *.acme.com allows all subdomains of acme.com."
    />
  )
}
