import { expect, it } from 'vitest'
import { endpointInput, type EndpointDraft } from '@/components/endpoints/endpoint-draft'
import { newParameterRow } from '@/components/parameters/parameter-row'
import { endpointDefaults } from '@/lib/endpoints/fields'
import { saveEndpointSchema } from '@/lib/endpoints/schema'

it('An endpoint with parameters is sent in the form that the server accepts', () => {
  const draft: EndpointDraft = {
    ...endpointDefaults,
    ...{ name: 'List orders', entityType: 'Orders', httpMethod: 'GET', url: '/orders' },
    parameters: [{ ...newParameterRow('url'), key: 'page', value: '1' }],
  }
  const sent = endpointInput({ id: '01890a5d-ac96-774b-bcce-b302099a8057', revision: 1 }, draft, false)
  expect(saveEndpointSchema.safeParse(sent).error?.issues).toBeUndefined()
})
