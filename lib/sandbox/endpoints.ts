import type { VariableFields } from '@/lib/authentication-methods/document-schema'
import type { EndpointInput } from '@/lib/imports/document-schema'
import type { SandboxAddresses } from './addresses'
import { methodNames } from './methods'

const { basic, token, oauth, certificate } = methodNames

type Filter = NonNullable<EndpointInput['parameters']>[number]

function variable(key: string, displayName: string, more: Partial<VariableFields> = {}): VariableFields {
  return { key, displayName, required: true, ...more }
}

function choice(key: string, displayName: string, values: string[]): VariableFields {
  return variable(key, displayName, { inputKind: 'select', options: values.map((value) => ({ value, label: value })) })
}

function filter(key: string, displayName: string, helpText = ''): Filter {
  return { in: 'url', key, required: false, displayName, helpText }
}

const pageFilters: Filter[] = [
  { in: 'url', key: 'limit', value: '{{ page_size }}' },
  filter('page', 'Page', 'Counted from 1.'),
]

function list(entityType: string, url: string, methods: readonly string[], filters: Filter[] = []): EndpointInput {
  const name = entityType.toLowerCase()
  return {
    name: `List ${name}`,
    entityType,
    url,
    dataPath: `$.${name}[*]`,
    parameters: [...pageFilters, ...filters],
    accepts: [...methods],
  }
}

function get(entityType: string, thing: string, methods: readonly string[], example: string): EndpointInput {
  return {
    ...list(entityType, `/${entityType.toLowerCase()}/{{ ${thing}_id }}`, methods),
    name: `Get ${thing}`,
    dataPath: '$',
    variables: [
      variable(`${thing}_id`, `${thing[0]!.toUpperCase()}${thing.slice(1)} ID`, {
        helpText: `For example ${example}.`,
      }),
    ],
    parameters: [],
  }
}

function send(
  base: EndpointInput,
  name: string,
  method: 'POST' | 'PATCH',
  body: object,
  variables: VariableFields[],
  methods: readonly string[],
): EndpointInput {
  const request = {
    direction: 'send',
    method,
    bodyFormat: 'json',
    body: JSON.stringify(body, null, 2),
    dataPath: '$',
  } as const
  return {
    ...base,
    ...request,
    name,
    parameters: [],
    variables: [...(base.variables ?? []), ...variables],
    accepts: [...methods],
  }
}

export function sandboxEndpoints({ certificateUrl }: SandboxAddresses): EndpointInput[] {
  const orderFilters = [
    filter('status', 'Status', 'open, paid, shipped or cancelled.'),
    filter('customer_id', 'Customer ID', 'For example cus_0001.'),
    filter('updated_since', 'Updated since', 'For example 2026-03-01T00:00:00Z.'),
  ]
  const listOrders = list('Orders', '/orders', [basic, oauth], orderFilters)
  const getOrder = get('Orders', 'order', [basic, oauth], 'ord_0001')
  const getProduct = get('Products', 'product', [basic, token, oauth], 'prd_0001')
  const listStock = list(
    'Stock',
    '/stock',
    [token, oauth],
    [filter('warehouse', 'Warehouse', 'north or south.'), filter('sku', 'SKU')],
  )
  return [
    listOrders,
    getOrder,
    send(
      listOrders,
      'Create order',
      'POST',
      { customer_id: '{{ customer_id }}', lines: [{ sku: '{{ sku }}', quantity: '{{ quantity }}' }] },
      [
        variable('customer_id', 'Customer ID', { helpText: 'For example cus_0001.' }),
        variable('sku', 'SKU', { helpText: 'For example ACME-0001.' }),
        variable('quantity', 'Quantity', { inputKind: 'number', defaultValue: '1', pattern: '[1-9][0-9]*' }),
      ],
      [token, oauth],
    ),
    send(
      getOrder,
      'Change order status',
      'PATCH',
      { status: '{{ status }}' },
      [choice('status', 'Status', ['open', 'paid', 'shipped', 'cancelled'])],
      [basic, oauth],
    ),
    {
      ...listOrders,
      name: 'List orders with a client certificate',
      url: `${certificateUrl}/orders`,
      accepts: [certificate],
    },
    list('Products', '/products', [basic, token, oauth], [filter('category', 'Category', 'For example Garden.')]),
    getProduct,
    send(
      getProduct,
      'Change product price',
      'PATCH',
      { price: '{{ price }}' },
      [variable('price', 'Price', { inputKind: 'number', helpText: 'In pounds.' })],
      [token, oauth],
    ),
    list('Customers', '/customers', [basic, token], [filter('country', 'Country', 'Two letters, such as GB.')]),
    get('Customers', 'customer', [basic, token], 'cus_0001'),
    listStock,
    send(
      { ...listStock, url: '/stock/{{ sku }}' },
      'Set stock',
      'PATCH',
      { warehouse: '{{ warehouse }}', available: '{{ available }}' },
      [
        variable('sku', 'SKU', { helpText: 'For example ACME-0001.' }),
        choice('warehouse', 'Warehouse', ['north', 'south']),
        variable('available', 'Available', { inputKind: 'number' }),
      ],
      [token, oauth],
    ),
  ]
}
