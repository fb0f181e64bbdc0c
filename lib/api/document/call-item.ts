import { problemType } from '../problem'
import { ref } from './components'
import type { JsonSchema } from './json-schema'

/** The call of an endpoint in the document: its bodies are those of a third party, so no schema describes them. */

const header = (description: string): JsonSchema => ({ description, schema: { type: 'string' } })

const named = (name: string, description: string): JsonSchema => ({
  ...{ name, in: 'header', required: false, description },
  schema: { type: 'string' },
})

const anyContent = { '*/*': { schema: {} } }

const headers = {
  'Patchbay-Response': header('`third-party` or `patchbay`: who responded.'),
  'Patchbay-Request-Log': header('The correlation ID of the lines in the request log.'),
  'Patchbay-Attempts': header('How often the request was sent: twice if its token had expired.'),
  'Patchbay-Waited': header('How long it waited for the limits of the instance.'),
  'Patchbay-Timing': header('In the syntax of Server-Timing, in milliseconds.'),
  'Patchbay-Retry': header('`refreshed`: the token had expired and is new now, so a repeat can work.'),
}
const responded = { description: 'The response of the third party.', headers, content: anyContent }
const respondedOrRefused = {
  description: 'The response of the third party, or a refusal of ours: see Patchbay-Response.',
  headers,
  content: { ...anyContent, [problemType]: { schema: ref('schemas', 'Problem') } },
}

export const callPath = '/instances/{instanceId}/endpoints/{endpointId}/call'

export const callItem: JsonSchema = {
  post: {
    operationId: 'call_endpoint',
    tags: ['Instances'],
    summary: 'Call an endpoint with an instance',
    description: [
      'Sends the request of the endpoint with the credentials of the instance, and passes on the response of the third party: its status, its headers and its body, byte for byte. Needs the permission “run”. Keys limited to some connectors or instances may use it. Keys that may only call endpoints may use it.',
      'A body that you send is sent instead of the body of the endpoint, with its Content-Type and Content-Encoding. Of your other headers, those about content and preferences (Accept, Accept-Encoding, Accept-Language, Prefer), conditions (If-Match, Range and so on), traceparent and Idempotency-Key are passed on. A body up to 1 MiB is sent again if the token has expired; a longer one is sent once.',
      'The header Patchbay-Response says who responded: `third-party`, or `patchbay` for a refusal of ours, which is a problem document. `delivery` then says whether anything can have reached the third party.',
    ].join('\n\n'),
    parameters: [
      ...(['instance', 'endpoint'] as const).map((noun) => ({
        ...{ name: `${noun}Id`, in: 'path', required: true, description: `The ID or the key of an ${noun}.` },
        schema: { type: 'string' },
      })),
      named(
        'Patchbay-Values',
        'Values of the endpoint’s variables by key, as a JSON object: `{"order_id":"4711"}`. All headers together may have 16 KB.',
      ),
      named('Patchbay-Filters', 'Values of the endpoint’s optional parameters by key, as a JSON object.'),
    ],
    requestBody: { required: false, content: anyContent },
    responses: { '2XX': responded, '4XX': respondedOrRefused, '5XX': respondedOrRefused, default: responded },
  },
}
