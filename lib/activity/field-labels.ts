import type { methodFields } from '@/lib/authentication-methods/fields'
import type { connectorFields } from '@/lib/connectors/schema'
import type { instanceDetails } from '@/lib/credentials/instance-details'
import type { endpointFields } from '@/lib/endpoints/fields'
import type { flowFields } from '@/lib/flows/schema'
import type { variableFields } from '@/lib/variables/schema'
import { optionLabel, phaseLabel } from './method-field-labels'
import { partWords, wordsOfName } from './words-of-name'

/** The labels of the fields of each noun in its history. Every field of a field list has one. */

type Fields =
  | keyof typeof connectorFields
  | keyof typeof methodFields
  | keyof typeof endpointFields
  | keyof typeof instanceDetails
  | keyof typeof variableFields
  | keyof typeof flowFields

const labels: Record<Fields, string> = {
  name: 'Name',
  versionLabel: 'Version label',
  description: 'Description',
  systemType: 'System type',
  baseUrl: 'Base URL',
  dateFormat: 'Date format',
  rateLimitAmount: 'Rate limit (requests)',
  rateLimitUnit: 'Rate limit (per)',
  documentationUrl: 'Documentation link',
  colour: 'Colour',
  allowedHosts: 'Allowed hosts',
  timeoutSeconds: 'Timeout limit (seconds)',
  options: 'Options',
  entityType: 'Entity type',
  direction: 'Direction',
  httpMethod: 'HTTP method',
  url: 'URL',
  bodyFormat: 'Body format',
  body: 'Body',
  dataPath: 'Data path',
  deprecated: 'Deprecated',
  pagination: 'Pagination',
  scopes: 'OAuth scopes',
  timeZone: 'Time zone',
  externalId: 'External ID',
  labels: 'Labels',
  maxConcurrent: 'Simultaneous requests',
  key: 'Key',
  displayName: 'Display name',
  helpText: 'Help text',
  alias: 'Alias',
  defaultValue: 'Default value',
  required: 'Required',
  configurable: 'Configurable',
  advanced: 'Advanced',
  secret: 'Secret',
  inputKind: 'Input kind',
  pattern: 'Validation pattern',
}

/** The labels of facts that are not fields of a noun. */
const others: Record<string, string> = {
  of: 'Belongs to',
  type: 'Type',
  connector: 'Connector',
  method: 'Authentication method',
  instance: 'Instance',
  endpoint: 'Endpoint',
  endpoints: 'Endpoints',
  flow: 'Flow',
  follows: 'Follows',
  request: 'Request',
  copyOf: 'Copy of',
  repository: 'Repository',
  schema: 'Schema',
  icon: 'Icon',
  certificate: 'Certificate',
  expires: 'Expires on',
  restricted: 'Limited to some connectors or instances',
  callOnly: 'Only call endpoints',
  expired: 'Expired on',
  tokens: 'Tokens',
  password: 'Password',
  role: 'Role',
  ended: 'Sessions ended',
  sealedValues: 'Values sealed',
  address: 'Address',
  newAddresses: 'New addresses',
  parameterOrder: 'Order of parameters',
  requestDays: 'Requests (days)',
  bodyHours: 'Bodies (hours)',
  recipient: 'Recipient',
  returnTo: 'Return address',
  requestedBy: 'Requested by',
  outcome: 'Result',
}

/** As the *Pagination* tab calls them. */
const paginationParts: Record<string, string> = {
  from: 'read from',
  place: 'sent in',
  first: 'first page',
  more: 'more pages',
  mostPages: 'page limit',
}

export function fieldLabel(field: string): string {
  if (field.startsWith('options.')) return optionLabel(field)
  if (field.startsWith('phases.')) return phaseLabel(field)
  const [first = '', ...rest] = field.split('.')
  const label = (labels as Record<string, string>)[first] ?? others[first] ?? wordsOfName(first)
  const ofPagination = first === 'pagination' ? paginationParts : {}
  return [label, ...rest.map((part) => ofPagination[part] ?? partWords(part))].join(', ')
}
