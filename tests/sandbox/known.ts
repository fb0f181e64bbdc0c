/** Everything a person or a test has to know to use the sandbox. None of it opens anything else. */
export const known = {
  basic: { username: 'acme-api', password: 'basic-password-1' },
  apiToken: 'acme-token-0123456789',
  people: [
    { id: 'casey', username: 'casey', password: 'acme-login-1', name: 'Casey Marsh' },
    { id: 'robin', username: 'robin', password: 'acme-login-2', name: 'Robin Vale' },
  ],
  clients: {
    basic: { id: 'acme-basic', secret: 'acme-basic-secret-1' },
    post: { id: 'acme-post', secret: 'acme-post-secret-1' },
    public: { id: 'acme-public', secret: '' },
    steady: { id: 'acme-steady', secret: 'acme-steady-secret-1' },
    once: { id: 'acme-once', secret: 'acme-once-secret-1' },
  },
  scopes: ['orders.read', 'orders.write', 'products.read', 'products.write', 'stock.read', 'stock.write'],
  redirectPath: '/oauth/authenticate',
  pkcs12Passphrase: 'acme-p12',
} as const
