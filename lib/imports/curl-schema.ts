import { z } from 'zod'
import { variableDocument } from '@/lib/authentication-methods/document-schema'
import { anyText, keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { createEndpointSchema } from '@/lib/endpoints/schema'
import { idOf } from '@/lib/operations/input'
import { curlLimits } from './curl/limits'
import { reportLine } from './import-views'

/** The input and the output of operations on curl commands. A command contains secrets, no output does. */

export const curlCommand = anyText(curlLimits.command, 'A curl command can have at most 1,000,000 characters.').min(
  1,
  'Paste a curl command.',
)

export const readCurlCommandSchema = z.strictObject({
  command: curlCommand,
  /** The connector that the request is for: its base URL and its methods. Null: a new one. */
  connectorId: idOf('connector').nullable().default(null),
})

const { name, entityType, direction, httpMethod, url, bodyFormat, body, parameters } = createEndpointSchema.shape

/** What a curl command becomes. Secrets are only counted. */
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
      secret: variableDocument.shape.secret.unwrap(),
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
