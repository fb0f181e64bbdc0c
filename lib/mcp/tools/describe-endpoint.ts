import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { describeEndpoint as operation } from '@/lib/trials/describe-endpoint'
import type { EndpointNeeds } from '@/lib/trials/views'
import { beginningWithin, bytesOf, cut, itemsWithin } from '../cut'
import { endpointInput, endpointNamed, instanceInput } from '../named'
import { mostResultBytes } from '../result'
import { reads, tool } from '../tool'

const [variableBytes, filterBytes, optionBytes] = [24 * 1024, 12 * 1024, 4 * 1024]
const longestText = 300

const variable = z.strictObject({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  required: z.boolean().describe('Without a value or default, the call is refused.'),
  secret: z.boolean(),
  options: z.array(z.string()).describe('If not empty: one of these values.'),
  pattern: z.string().describe('If not empty: a regular expression for the whole value.'),
  default: z.string().describe('Used if no value is given.'),
})
const filter = z.strictObject({
  id: z.string(),
  key: z.string(),
  place: z.string().describe('Where it is sent.'),
  label: z.string(),
  help: z.string(),
})

export const describeEndpoint = tool({
  name: 'describe_endpoint',
  title: 'Describe an endpoint',
  description:
    'Says what a call of an endpoint with an instance needs: its variables (values of call_endpoint), its optional parameters (filters of call_endpoint) and the template of its body, which variables fill.',
  annotations: reads,
  operations: [operation],
  input: z.strictObject({ instance: instanceInput, endpoint: endpointInput }),
  output: z.strictObject({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    entityType: z.string(),
    direction: z.string(),
    httpMethod: z.string(),
    url: z.string(),
    deprecated: z.boolean(),
    available: z.boolean().describe('Whether the instance may call it.'),
    variables: z.array(variable),
    filters: z.array(filter),
    more: z.int().describe('How many variables and filters were left out because there are too many.'),
    bodyFormat: z.string(),
    bodyTemplate: z.string(),
    bodyTruncated: z.boolean(),
  }),
  run: async (actor, named) => {
    const ids = await endpointNamed(actor, named)
    if (!ids.ok) return ids
    const found = await operation(actor, ids.value)
    return found.ok ? succeed(shown(found.value)) : found
  },
})

function shown({ endpoint, available, variables, filters }: EndpointNeeds) {
  const { id, key, name, entityType, direction, httpMethod, url, deprecated, bodyFormat, body } = endpoint
  const first = {
    variables: itemsWithin(variables.map(shownVariable), variableBytes),
    filters: itemsWithin(filters.map(shownFilter), filterBytes),
  }
  const head = {
    ...{ id, key, name, entityType, direction, httpMethod, url: cut(url, 2_000), deprecated, available },
    ...first,
    more: variables.length - first.variables.length + filters.length - first.filters.length,
    bodyFormat,
  }
  const bodyTemplate = beginningWithin(body, mostResultBytes - 1_024 - bytesOf(head))
  return { ...head, bodyTemplate, bodyTruncated: bodyTemplate.length < body.length }
}

function shownVariable(variable: EndpointNeeds['variables'][number]) {
  const { key, displayName, helpText, required, secret, options, pattern, defaultValue } = variable
  const values = options.map(({ value }) => cut(value, longestText))
  return {
    ...{ key, label: displayName, help: cut(helpText, longestText), required, secret },
    options: itemsWithin(values, optionBytes),
    ...{ pattern: cut(pattern, longestText), default: cut(defaultValue, longestText) },
  }
}

function shownFilter({ id, key, place, displayName, helpText }: EndpointNeeds['filters'][number]) {
  return { id, key, place, label: displayName, help: cut(helpText, longestText) }
}
