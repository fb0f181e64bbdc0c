'use client'

import { BoundCheckbox } from '@/components/authentication-methods/fields/bound-checkbox'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { AwsSignatureFields } from '@/components/authentication-methods/token/aws-signature-fields'
import { MessageSignatureFields } from '@/components/authentication-methods/token/message-signature-fields'
import { SignatureStart } from '@/components/authentication-methods/token/signature-start'
import { TemplateSignatureFields } from '@/components/authentication-methods/token/template-signature-fields'
import { signatureSchemes, type SignatureScheme } from '@/lib/domain/method-options/option-choices'

const fieldsOf: Record<SignatureScheme, () => React.ReactNode> = {
  aws_sigv4: AwsSignatureFields,
  http_message_signatures: MessageSignatureFields,
  template: TemplateSignatureFields,
}

/** How each request is signed. */
export function SignatureSection() {
  const { draft, canChange } = useSetup()
  const Fields = fieldsOf[draft.options.signature?.scheme ?? 'template']
  return (
    <SetupSection
      title="Signature"
      help="Computed for each request when it is sent, from its method, URL, headers and body."
    >
      <div className="flex flex-wrap items-end gap-3">
        <BoundSelect
          className="min-w-0 grow sm:max-w-sm"
          name="options.signature.scheme"
          label="Scheme"
          choices={signatureSchemes}
        />
        {canChange && <SignatureStart />}
      </div>
      <Fields />
      <BoundCheckbox
        name="options.signature.signsTokenRequests"
        label="Token requests are signed as well"
        help="For APIs that issue temporary keys in response to a signed request, for example to assume a role. Token requests are signed with the values that people entered, never with values from earlier responses."
      />
    </SetupSection>
  )
}
