'use client'

import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** What stands on either side of the colon of a Basic header. */
export function BasicSection() {
  return (
    <SetupSection
      title="How the credential is sent"
      help="Authorization: Basic, then user name and password with a colon between, in base64. Some third parties want an API key on one side and nothing, or a fixed word, on the other: a variable that stands on neither is not asked for."
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundTemplate
          name="options.basic.username"
          label="In front of the colon"
          help="{{ username }}, or {{ username }}/token"
          maxLength={4096}
        />
        <BoundTemplate
          name="options.basic.password"
          label="Behind the colon"
          help="{{ password }}, or nothing"
          maxLength={4096}
        />
      </div>
    </SetupSection>
  )
}
