import { z } from 'zod'
import { totalOf, type Order } from './catalogue'
import { ApiFaultError } from './fault'
import type { ApiAnswer } from './api-request'
import type { ApiRequest } from './api-request'

const lineSchema = z.object({ sku: z.string().min(1), quantity: z.coerce.number().int().min(1) })
const newOrderSchema = z.object({ customer_id: z.string().min(1), lines: z.array(lineSchema).min(1) })
const orderChangeSchema = z.object({ status: z.enum(['open', 'paid', 'shipped', 'cancelled']) })

/** The parsed body, or a 422 that names the fields. */
export function readInput<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new ApiFaultError(422, 'validation_failed', details.join('; '))
}

export function createOrder({ body, catalogue }: ApiRequest): ApiAnswer {
  const input = readInput(newOrderSchema, body)
  const lines = input.lines.map((line) => {
    const product = catalogue.products.find((candidate) => candidate.sku === line.sku)
    if (!product) throw new ApiFaultError(422, 'validation_failed', `There is no product with the SKU ${line.sku}`)
    return { ...line, unit_price: product.price }
  })
  const number = catalogue.orders.length + 1
  const now = new Date().toISOString()
  const order: Order = {
    id: `ord_${String(number).padStart(4, '0')}`,
    number: `#${1000 + number}`,
    status: 'open',
    customer_id: input.customer_id,
    currency: 'GBP',
    total: totalOf(lines),
    lines,
    created_at: now,
    updated_at: now,
  }
  catalogue.orders.push(order)
  return { status: 201, body: order, headers: { location: `/orders/${order.id}` } }
}

export function changeOrder({ id, body, catalogue }: ApiRequest): ApiAnswer {
  const order = catalogue.orders.find((candidate) => candidate.id === id)
  if (!order) throw new ApiFaultError(404, 'not_found', `There is no order ${id}`)
  Object.assign(order, readInput(orderChangeSchema, body), { updated_at: new Date().toISOString() })
  return { status: 200, body: order }
}
