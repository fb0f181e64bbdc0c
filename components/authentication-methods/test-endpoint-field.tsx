import { SelectField } from '@/components/forms/select-field'
import type { TestEndpoint } from '@/lib/authentication-methods/views'

/**
 * The endpoint whose response shows whether credentials are accepted. A suitable one is proposed and can be changed.
 */
export function TestEndpointField({ endpoints }: { endpoints: readonly TestEndpoint[] }) {
  return (
    <SelectField
      name="testEndpointId"
      label="Test request"
      placeholder="None yet"
      defaultValue={endpoints[0]?.id}
      help="An endpoint that only reads data and needs no values other than the credentials. It decides whether an instance is connected."
      options={endpoints.map(({ id, name, url }) => ({ value: id, label: `${name} · GET ${url}` }))}
    />
  )
}
