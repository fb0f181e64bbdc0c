import Link from 'next/link'
import type { ReactNode } from 'react'
import { apiPath } from '@/lib/domain/api-path'
import { Section } from '@/components/ui/section'

const linkStyle = 'text-accent-text underline underline-offset-2'

/** What a newcomer has to know before the first program, in a few sentences. */
export function ApiFacts({ requestsPerMinute }: { requestsPerMinute: number }) {
  return (
    <Section title="Good to know">
      <dl className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        <Fact name="Keys and roles">
          A program sends its key as <code>Authorization: Bearer pb_…</code>. A key has a role, never more rights than
          its owner, and may be limited to some connectors or instances, or to calls. Revoking it takes effect at once.
        </Fact>
        <Fact name="Calls">
          A call sends one request to a third party, with the authentication, limits and log of the instance, and
          returns its response as it is. The header <code>Patchbay-Response</code> says whether the response is from the{' '}
          <code>third-party</code> or from <code>patchbay</code>, and <code>Patchbay-Request-Log</code> names its line
          in Activity.
        </Fact>
        <Fact name="Errors">
          A refusal is a problem in JSON (RFC 9457): <code>code</code> never changes its meaning, <code>detail</code> is
          for people, and <code>field</code> names what is wrong in the request.
        </Fact>
        <Fact name="Lists">
          A list is a page. If there are more, the header <code>Link</code> has the address of the next page, and the
          body has the same as <code>nextCursor</code>. Objects can be addressed by their key instead of their ID.
        </Fact>
        <Fact name="Changes">
          A change names what it is based on: send the <code>ETag</code> of the object as <code>If-Match</code>. If
          somebody else was faster, nothing is changed and the status is 412.
        </Fact>
        <Fact name="Repeating">
          Send an <code>Idempotency-Key</code> of your own with a <code>POST</code> that creates something. If you
          repeat it within 24 hours, because no response came, nothing is created twice. A call passes the header on to
          the third party.
        </Fact>
        <Fact name="Limits">
          Each key may send {requestsPerMinute.toLocaleString('en-GB')} requests a minute, which the header{' '}
          <code>RateLimit</code> counts. After that the status is 429, and <code>Retry-After</code> says how long to
          wait. Calls are not counted; they wait for the limits of their instance.
        </Fact>
        <Fact name="Documents">
          Everything is described in the{' '}
          <Link href="/api/reference" className={linkStyle}>
            API reference
          </Link>
          , where you can try it, and in{' '}
          <a href={`${apiPath}/openapi.json`} className={linkStyle}>
            openapi.json
          </a>{' '}
          (OpenAPI 3.1), from which clients can be generated.
        </Fact>
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1">
      <dt className="font-semibold">{name}</dt>
      <dd className="max-w-prose text-pretty text-muted">{children}</dd>
    </div>
  )
}
