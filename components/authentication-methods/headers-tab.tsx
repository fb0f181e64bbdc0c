import { MethodParameters } from '@/components/authentication-methods/method-parameters'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** The headers, and the cookies, which are sent in one header. */
export function HeadersTab() {
  return (
    <div className="grid gap-6">
      <MethodParameters place="header" />
      <SetupSection title="Cookies" help="Sent in one Cookie header. Values are encoded.">
        <MethodParameters place="cookie" />
      </SetupSection>
    </div>
  )
}
