import { expect, it } from 'vitest'
import { planConnector } from '@/lib/imports/plan-connector'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'

it('the definition obeys the rules of what people may save', () => {
  const plan = planConnector(
    sandboxConnectorDefinition({ url: 'http://localhost:4010', certificateUrl: 'https://localhost:4012' }),
  )
  expect(plan).toMatchObject({ ok: true })
})
