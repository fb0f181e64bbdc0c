import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { createEndpointSchema } from '@/lib/endpoints/schema'
import { reportLine } from './import-views'

const { name, entityType, direction, httpMethod, url, bodyFormat, body, parameters } = createEndpointSchema.shape

/** What a curl command becomes. No secret of the command is in it, only whether there is one. */
export const curlReading = z.strictObject({
  connector: z.strictObject({ name: z.string(), baseUrl: z.string() }),
  endpoint: z.strictObject({
    ...{ name, entityType, direction, httpMethod, url },
    bodyFormat: bodyFormat.unwrap(),
    body: body.unwrap(),
    parameters: parameters.unwrap(),
    variables: createEndpointSchema.shape.variables.unwrap(),
  }),
  method: z.strictObject({
    name: z.string(),
    type: z.enum(keysOf(authenticationTypes)),
    /** As a connection document, which has no credentials. */
    document: z.string(),
  }),
  /** What an instance of the method needs. */
  credentials: z.array(
    z.strictObject({
      key: z.string(),
      displayName: z.string(),
      secret: z.boolean(),
      required: z.boolean(),
      /** The command has a value for it. */
      isGiven: z.boolean(),
    }),
  ),
  /** Methods of the connector that send the same kind of credentials in the same place. */
  methods: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  report: z.array(reportLine),
})
export type CurlReading = z.infer<typeof curlReading>
