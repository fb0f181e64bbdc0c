import type { EndpointData, SandboxAddresses } from './definition'
import { methodNames } from './methods'

const { basic, token, oauth, certificate } = methodNames

type Variable = EndpointData['variables'][number]
type Filter = EndpointData['parameters'][number]

function variable(key: string, displayName: string, more: Partial<Variable> = {}): Variable {
  return {
    key,
    displayName,
    helpText: '',
    alias: '',
    defaultValue: '',
    required: true,
    configurable: true,
    advanced: false,
    secret: false,
    locked: false,
    inputKind: 'text',
    options: [],
    pattern: '',
    ...more,
  }
}

function choice(key: string, displayName: string, values: string[]): Variable {
  return variable(key, displayName, { inputKind: 'select', options: values.map((value) => ({ value, label: value })) })
}

function filter(key: string, displayName: string, helpText = ''): Filter {
  return { place: 'url', key, value: '', required: false, displayName, helpText }
}

const pageFilters: Filter[] = [
  { place: 'url', key: 'limit', value: '{{ page_size }}', required: true, displayName: '', helpText: '' },
  filter('page', 'Page', 'Counted from 1.'),
]

function list(entityType: string, url: string, methods: readonly string[], filters: Filter[] = []): EndpointData {
  const name = entityType.toLowerCase()
  return {
    name: `List ${name}`,
    entityType,
    direction: 'receive',
    httpMethod: 'GET',
    url,
    bodyFormat: 'none',
    body: '',
    dataPath: `$.${name}[*]`,
    variables: [],
    parameters: [...pageFilters, ...filters],
    methods,
  }
}

function get(entityType: string, thing: string, methods: readonly string[], example: string): EndpointData {
  return {
    ...list(entityType, `/${entityType.toLowerCase()}/{{ ${thing}_id }}`, methods),
    name: `Get ${thing}`,
    dataPath: '$',
    variables: [variable(`${thing}_id`, `${thing[0]!.toUpperCase()}${thing.slice(1)} ID`, { helpText: `For example ${example}.` })],
    parameters: [],
  }
}

function send(base: EndpointData, name: string, httpMethod: 'POST' | 'PATCH', body: object, variables: Variable[], methods: readonly string[]): EndpointData {
  const request = { direction: 'send', httpMethod, bodyFormat: 'json', body: JSON.stringify(body, null, 2), dataPath: '$' } as const
  return { ...base, ...request, name, parameters: [], variables: [...base.variables, ...variables], methods }
}

export function sandboxEndpoints({ certificateUrl }: SandboxAddresses): EndpointData[] {
  const orderFilters = [
    filter('status', 'Status', 'open, paid, shipped or cancelled.'),
    filter('customer_id', 'Customer ID', 'For example cus_0001.'),
    filter('updated_since', 'Updated since', 'For example 2026-03-01T00:00:00Z.'),
  ]
  const listOrders = list('Orders', '/orders', [basic, oauth], orderFilters)
  const getOrder = get('Orders', 'order', [basic, oauth], 'ord_0001')
  const getProduct = get('Products', 'product', [basic, token, oauth], 'prd_0001')
  const listStock = list('Stock', '/stock', [token, oauth], [filter('warehouse', 'Warehouse', 'north or south.'), filter('sku', 'SKU')])
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
    send(getOrder, 'Change order status', 'PATCH', { status: '{{ status }}' }, [choice('status', 'Status', ['open', 'paid', 'shipped', 'cancelled'])], [basic, oauth]),
    { ...listOrders, name: 'List orders with a client certificate', url: `${certificateUrl}/orders`, methods: [certificate] },
    list('Products', '/products', [basic, token, oauth], [filter('category', 'Category', 'For example Garden.')]),
    getProduct,
    send(getProduct, 'Change product price', 'PATCH', { price: '{{ price }}' }, [variable('price', 'Price', { inputKind: 'number', helpText: 'In pounds.' })], [token, oauth]),
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
