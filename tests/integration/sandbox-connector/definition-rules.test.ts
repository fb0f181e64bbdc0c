import { expect, it } from 'vitest'
import { planConnector } from '@/lib/imports/plan-connector'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'

it('the definition follows the same rules as the forms', () => {
  const plan = planConnector(
    sandboxConnectorDefinition({ url: 'http://localhost:4010', certificateUrl: 'https://localhost:4012' }),
  )
  expect(plan).toMatchObject({ ok: true })
})
