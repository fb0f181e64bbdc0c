import { z } from 'zod'
import { instanceDetails } from '@/lib/credentials/instance-details'
import { label } from '@/lib/domain/text-schema'
import { curlCommand } from '@/lib/imports/curl-schema'

export const importCurlCommandSchema = z.strictObject({
  command: curlCommand,
  /** Default: the name of the host. */
  name: label(120).default(''),
  /** Empty: no instance, and the credentials of the command are not stored. */
  instanceName: label(120).default(''),
  timeZone: instanceDetails.timeZone.default('UTC'),
})
