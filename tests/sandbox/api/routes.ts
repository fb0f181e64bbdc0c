import type { ApiAnswer, ApiRequest } from './api-request'
import type { CallerType } from './caller'
import { createOrder, changeOrder } from './orders'
import { pageOf } from './pages'
import { changeProduct, changeStock } from './products'
import { ApiFaultError } from './fault'

export type ApiRoute = {
  method: 'GET' | 'POST' | 'PATCH'
  path: RegExp
  /** The accepted authentication types; empty if none is needed. */
  accepts: CallerType[]
  /** The scope that OAuth 2 callers need. */
  scope?: string
  answer: (request: ApiRequest) => ApiAnswer
}

const ok = (body: unknown): ApiAnswer => ({ status: 200, body })

function list<Item extends object>(name: string, items: Item[], url: URL, filters: (keyof Item & string)[]): ApiAnswer {
  const wanted = filters.flatMap((key) =>
    url.searchParams.has(key) ? [[key, url.searchParams.get(key)] as const] : [],
  )
  const since = url.searchParams.get('updated_since')
  const matching = items.filter(
    (item) =>
      wanted.every(([key, value]) => item[key] === value) &&
      (since === null || !('updated_at' in item) || String(item.updated_at) >= since),
  )
  return { status: 200, ...pageOf(name, matching, url) }
}

function one<Item extends { id: string }>(name: string, items: Item[], id: string): ApiAnswer {
  const item = items.find((candidate) => candidate.id === id)
  if (!item) throw new ApiFaultError(404, 'not_found', `There is no ${name} ${id}`)
  return ok(item)
}

const everyType: CallerType[] = ['basic', 'token', 'oauth2', 'certificate']

export const apiRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: /^\/orders$/,
    accepts: ['basic', 'oauth2', 'certificate'],
    scope: 'orders.read',
    answer: ({ catalogue, url }) => list('orders', catalogue.orders, url, ['status', 'customer_id']),
  },
  { method: 'POST', path: /^\/orders$/, accepts: ['token', 'oauth2'], scope: 'orders.write', answer: createOrder },
  {
    method: 'GET',
    path: /^\/orders\/([^/]+)$/,
    accepts: ['basic', 'oauth2', 'certificate'],
    scope: 'orders.read',
    answer: ({ catalogue, id }) => one('order', catalogue.orders, id),
  },
  {
    method: 'PATCH',
    path: /^\/orders\/([^/]+)$/,
    accepts: ['basic', 'oauth2'],
    scope: 'orders.write',
    answer: changeOrder,
  },
  {
    method: 'GET',
    path: /^\/products$/,
    accepts: everyType,
    scope: 'products.read',
    answer: ({ catalogue, url }) => list('products', catalogue.products, url, ['category']),
  },
  {
    method: 'GET',
    path: /^\/products\/([^/]+)$/,
    accepts: everyType,
    scope: 'products.read',
    answer: ({ catalogue, id }) => one('product', catalogue.products, id),
  },
  {
    method: 'PATCH',
    path: /^\/products\/([^/]+)$/,
    accepts: ['token', 'oauth2'],
    scope: 'products.write',
    answer: changeProduct,
  },
  {
    method: 'GET',
    path: /^\/customers$/,
    accepts: ['basic', 'token'],
    answer: ({ catalogue, url }) => list('customers', catalogue.customers, url, ['country']),
  },
  {
    method: 'GET',
    path: /^\/customers\/([^/]+)$/,
    accepts: ['basic', 'token'],
    answer: ({ catalogue, id }) => one('customer', catalogue.customers, id),
  },
  {
    method: 'GET',
    path: /^\/stock$/,
    accepts: ['token', 'oauth2'],
    scope: 'stock.read',
    answer: ({ catalogue, url }) => list('stock', catalogue.stock, url, ['sku', 'warehouse']),
  },
  {
    method: 'PATCH',
    path: /^\/stock\/([^/]+)$/,
    accepts: ['token', 'oauth2'],
    scope: 'stock.write',
    answer: changeStock,
  },
  {
    method: 'GET',
    path: /^\/whoami$/,
    accepts: everyType,
    answer: ({ caller }) => ok({ account: caller!.name, authentication: caller!.type, scopes: caller!.scopes }),
  },
  { method: 'GET', path: /^\/status$/, accepts: [], answer: () => ok({ service: 'Acme Commerce', status: 'up' }) },
]
