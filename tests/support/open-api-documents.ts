/** A small OpenAPI document for the sandbox's API: what each operation accepts is what the sandbox accepts. */
export function sandboxOpenApi(url: string) {
  return {
    openapi: '3.0.3',
    info: { title: 'Acme Shop', version: '2.4' },
    servers: [{ url }],
    security: [{ basic: [] }],
    tags: [{ name: 'Orders' }, { name: 'Products' }],
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic' },
        token: { type: 'http', scheme: 'bearer' },
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: `${url}/token`, scopes: { 'orders.read': 'Read orders', admin: 'All' } },
          },
        },
      },
    },
    paths: {
      '/orders': {
        get: {
          ...{ operationId: 'listOrders', summary: 'List orders', tags: ['Orders'] },
          security: [{ basic: [] }, { oauth: ['orders.read'] }],
          parameters: [{ name: 'status', in: 'query', schema: { type: 'string', enum: ['open', 'paid'] } }],
          responses: { 200: { description: 'Orders', content: { 'application/json': { schema: list('orders') } } } },
        },
        post: {
          ...{ operationId: 'createOrder', summary: 'Create an order', tags: ['Orders'] },
          security: [{ token: [] }],
          requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
          responses: { 201: { description: 'Created' } },
        },
      },
      '/orders/{orderId}': {
        get: {
          ...{ operationId: 'getOrder', summary: 'Get an order', tags: ['Orders'] },
          parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'An order' } },
        },
      },
      '/products': {
        get: {
          ...{ operationId: 'listProducts', summary: 'List products', tags: ['Products'] },
          security: [{ basic: [] }, { token: [] }],
          responses: {
            200: { description: 'Products', content: { 'application/json': { schema: list('products') } } },
          },
        },
      },
      '/whoami': {
        get: {
          ...{ operationId: 'whoAmI', summary: 'Who am I', security: [{ basic: [] }, { token: [] }] },
          responses: { 200: { description: 'The caller' } },
        },
      },
      '/health': {
        get: { operationId: 'health', summary: 'Health', security: [], responses: { 200: { description: 'OK' } } },
      },
    },
  }
}

function list(name: string) {
  return { type: 'object', properties: { [name]: { type: 'array', items: { type: 'object' } } } }
}
