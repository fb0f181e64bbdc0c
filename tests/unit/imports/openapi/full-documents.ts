/** Small documents in which every kind of part occurs once. */

const order = {
  type: 'object',
  required: ['id', 'customer'],
  properties: {
    id: { type: 'integer', minimum: 1, example: 7 },
    customer: { $ref: '#/components/schemas/Customer' },
    state: { type: 'string', enum: ['open', 'closed'], default: 'open' },
    parent: { $ref: '#/components/schemas/Order' },
  },
}

export const fullDocument = {
  openapi: '3.1.0',
  info: { title: 'Orders API', version: '1.0', description: 'Orders and files.' },
  externalDocs: { url: 'https://docs.example.com' },
  servers: [
    {
      url: 'https://{region}.example.com/v1',
      description: 'Live',
      variables: { region: { enum: ['eu', 'us'], default: 'eu' } },
    },
    { url: 'https://sandbox.example.com' },
  ],
  security: [{ key: [] }, { login: ['read'] }],
  tags: [{ name: 'Orders' }],
  paths: {
    '/orders': {
      parameters: [{ $ref: '#/components/parameters/Limit' }],
      get: {
        ...{ operationId: 'listOrders', summary: 'List orders', tags: ['Orders'], deprecated: false },
        parameters: [
          {
            in: 'query',
            name: 'filter',
            style: 'deepObject',
            schema: { type: 'object', properties: { a: { type: 'string' } } },
          },
        ],
        responses: {
          200: {
            description: 'Orders',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Order' } } },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: 'addOrder',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
        responses: { 201: { description: 'Added' } },
        security: [{ key: [], app: [] }, {}],
        callbacks: { paid: { '{$request.body#/url}': { post: {} } } },
      },
    },
    '/files/{id}': {
      servers: [{ url: 'https://files.example.com' }],
      put: {
        summary: 'Replace a file',
        parameters: [
          { in: 'path', name: 'id', required: true, schema: { type: 'string', pattern: '^[a-z]+$' } },
          { in: 'header', name: 'X-Trace', required: true, schema: { type: 'string' } },
          { in: 'cookie', name: 'session', schema: { type: 'string' } },
        ],
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { name: { type: 'string' }, file: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
      },
    },
    '/me': { get: { summary: 'Read my account' } },
  },
  webhooks: { created: { post: {} } },
  components: {
    parameters: { Limit: { in: 'query', name: 'limit', schema: { type: 'integer', default: 20 } } },
    schemas: {
      Order: order,
      Customer: {
        allOf: [
          { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
          { oneOf: [{ type: 'object' }, { type: 'null' }] },
        ],
      },
    },
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      app: { type: 'apiKey', in: 'query', name: 'app' },
      login: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://login.example.com/a',
            tokenUrl: '/token',
            scopes: { read: 'Read' },
          },
        },
      },
      identity: {
        type: 'openIdConnect',
        openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration',
      },
    },
  },
}

export const fullDocumentOfVersion2 = {
  swagger: '2.0',
  info: { title: 'Orders API', version: '1.0' },
  host: 'api.example.com',
  basePath: '/v1',
  schemes: ['https'],
  consumes: ['application/json'],
  securityDefinitions: {
    login: { type: 'basic' },
    app: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://login.example.com/a',
      tokenUrl: 'https://login.example.com/t',
      scopes: { read: 'Read' },
    },
  },
  security: [{ login: [] }],
  parameters: { Limit: { in: 'query', name: 'limit', type: 'integer' } },
  definitions: { Order: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
  paths: {
    '/orders': {
      get: {
        parameters: [
          { $ref: '#/parameters/Limit' },
          { in: 'query', name: 'ids', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
        ],
        responses: {
          200: { description: 'Orders', schema: { type: 'array', items: { $ref: '#/definitions/Order' } } },
        },
        security: [{ app: ['read'] }],
      },
      post: {
        schemes: ['http'],
        parameters: [{ in: 'body', name: 'order', required: true, schema: { $ref: '#/definitions/Order' } }],
      },
    },
    '/files': {
      post: {
        consumes: ['multipart/form-data'],
        parameters: [
          { in: 'formData', name: 'name', type: 'string', required: true },
          { in: 'formData', name: 'file', type: 'file' },
        ],
      },
    },
  },
}
