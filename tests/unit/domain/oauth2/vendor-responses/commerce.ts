import { afterSeconds, keep, stored, type VendorResponse } from './vendor-response'

export const commerce: VendorResponse[] = [
  {
    vendor: 'Shopify',
    what: 'an offline token, which never ends',
    options: { scopeSeparator: ',' },
    responses: [{ body: { access_token: 'shop-offline-token', scope: 'write_orders,read_customers' } }],
    grant: { accessToken: 'shop-offline-token', scope: 'write_orders,read_customers' },
  },
  {
    vendor: 'Shopify',
    what: 'an online token with the person it belongs to',
    options: { kept: [keep('user_id', 'associated_user.id')] },
    responses: [
      {
        body: {
          ...{
            access_token: 'shop-online-token',
            scope: 'write_orders',
            expires_in: 86399,
            associated_user_scope: 'write_orders',
          },
          associated_user: { id: 902541635, first_name: 'John', account_owner: true },
        },
      },
    ],
    grant: {
      accessToken: 'shop-online-token',
      scope: 'write_orders',
      expiresAt: afterSeconds(86399),
      stored: [stored('user_id', '902541635')],
    },
  },
  {
    vendor: 'Stripe',
    what: 'a connected account',
    options: { kept: [keep('stripe_user_id', 'stripe_user_id'), keep('publishable_key', 'stripe_publishable_key')] },
    responses: [
      {
        body: {
          ...{ access_token: 'stripe-access', livemode: false, refresh_token: 'stripe-refresh', token_type: 'bearer' },
          ...{ stripe_publishable_key: 'stripe-publishable', stripe_user_id: 'acct_1', scope: 'express' },
        },
      },
    ],
    grant: {
      ...{ accessToken: 'stripe-access', refreshToken: 'stripe-refresh', tokenType: 'bearer', scope: 'express' },
      stored: [stored('stripe_user_id', 'acct_1'), stored('publishable_key', 'stripe-publishable')],
    },
  },
  {
    vendor: 'Stripe',
    what: 'a code that does not exist',
    responses: [
      { status: 400, body: { error: 'invalid_grant', error_description: 'Authorization code does not exist: ac_1' } },
    ],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'invalid_grant: Authorization code does not exist',
      grantDead: true,
    },
  },
  {
    vendor: 'Square',
    what: 'a token with the date of its end',
    options: { expiryPath: 'expires_at', expiryUnit: 'iso', kept: [keep('merchant_id', 'merchant_id')] },
    responses: [
      {
        body: {
          ...{
            access_token: 'square-access',
            token_type: 'bearer',
            expires_at: '2026-01-31T00:00:00Z',
            merchant_id: 'MERCHANT1',
          },
          ...{ refresh_token: 'square-refresh', short_lived: false },
        },
      },
    ],
    grant: {
      ...{
        accessToken: 'square-access',
        refreshToken: 'square-refresh',
        tokenType: 'bearer',
        expiresAt: new Date('2026-01-31T00:00:00Z'),
      },
      stored: [stored('merchant_id', 'MERCHANT1')],
    },
  },
  {
    vendor: 'Square',
    what: 'a refusal in its own form',
    responses: [{ status: 401, body: { message: 'Authorization code is expired', type: 'service.not_authorized' } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: '(401 Unauthorized): “Authorization code is expired.”',
    },
  },
  {
    vendor: 'Amazon (Login with Amazon)',
    what: 'a seller',
    responses: [
      {
        body: {
          access_token: 'Atza|IQEBLjAsAexample',
          refresh_token: 'Atzr|IQEBLzAtAexample',
          token_type: 'bearer',
          expires_in: 3600,
        },
      },
    ],
    grant: {
      accessToken: 'Atza|IQEBLjAsAexample',
      refreshToken: 'Atzr|IQEBLzAtAexample',
      tokenType: 'bearer',
      expiresAt: afterSeconds(3600),
    },
  },
  {
    vendor: 'eBay',
    what: 'a token of a user, of a type with blanks in it',
    responses: [
      {
        body: {
          ...{
            access_token: 'v^1.1#i^1#p^3#r^1#example',
            expires_in: 7200,
            refresh_token: 'v^1.1#i^1#refresh',
            refresh_token_expires_in: 47304000,
          },
          token_type: 'User Access Token',
        },
      },
    ],
    grant: {
      ...{
        accessToken: 'v^1.1#i^1#p^3#r^1#example',
        refreshToken: 'v^1.1#i^1#refresh',
        tokenType: 'User Access Token',
      },
      expiresAt: afterSeconds(7200),
    },
  },
  {
    vendor: 'TikTok Shop',
    what: 'tokens inside of data, with timestamps',
    options: {
      ...{
        tokenPath: 'data.access_token',
        refreshTokenPath: 'data.refresh_token',
        expiryPath: 'data.access_token_expire_in',
      },
      expiryUnit: 'epoch_seconds',
    },
    successRule: { rejectedPath: '$.code' },
    responses: [
      {
        body: {
          ...{ code: 0, message: 'success', request_id: '2022080809462301024509910319695C45' },
          data: {
            ...{
              access_token: 'ROW_access',
              access_token_expire_in: 1767830400,
              refresh_token: 'ROW_refresh',
              refresh_token_expire_in: 1770000000,
            },
            ...{ open_id: '7010736057180325637', seller_name: 'Jjj test shop' },
          },
        },
      },
    ],
    grant: { accessToken: 'ROW_access', refreshToken: 'ROW_refresh', expiresAt: new Date(1767830400_000) },
  },
  {
    vendor: 'TikTok Shop',
    what: 'an error with status 200',
    options: { tokenPath: 'data.access_token', deadGrantErrors: ['36004004'] },
    successRule: { rejectedPath: '$.code' },
    responses: [{ body: { code: 36004004, message: 'Invalid auth code: it may have expired', data: null } }],
    refused: {
      outcome: 'rejected',
      code: 'token_refused',
      says: 'Invalid auth code: it may have expired',
      grantDead: true,
    },
  },
  {
    vendor: 'Adobe Commerce',
    what: 'a token that is the whole answer, a JSON text',
    type: 'token_exchange',
    options: { tokenPath: '$', defaultLifetimeSeconds: 14400 },
    responses: [{ body: '"5r8cvmpr11j6gmau8990rcj2qk7unh8i"' }],
    grant: { accessToken: '5r8cvmpr11j6gmau8990rcj2qk7unh8i', expiresAt: afterSeconds(14400) },
  },
]
