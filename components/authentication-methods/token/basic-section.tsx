'use client'

import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** The texts before and after the colon in a Basic header. */
export function BasicSection() {
  return (
    <SetupSection
      title="How the credential is sent"
      help="Authorization: Basic, followed by the user name, a colon and the password in base64. Some APIs expect an API key on one side of the colon and a fixed word or nothing on the other. A variable that is used on neither side is not requested."
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundTemplate
          name="options.basic.username"
          label="Before the colon"
          help="{{ username }}, or {{ username }}/token"
          maxLength={4096}
        />
        <BoundTemplate
          name="options.basic.password"
          label="After the colon"
          help="{{ password }}, or empty"
          maxLength={4096}
        />
      </div>
    </SetupSection>
  )
}
