import { z } from 'zod'
import { money } from './catalogue'
import { ApiFaultError } from './fault'
import { readInput } from './orders'
import type { ApiAnswer } from './api-request'
import type { ApiRequest } from './api-request'

const productChangeSchema = z
  .object({
    title: z.string().min(1),
    price: z.coerce
      .number()
      .min(0)
      .transform((pounds) => money(Math.round(pounds * 100))),
    active: z.boolean(),
  })
  .partial()
const stockChangeSchema = z.object({ warehouse: z.enum(['north', 'south']), available: z.coerce.number().int().min(0) })

export function changeProduct({ id, body, catalogue }: ApiRequest): ApiAnswer {
  const product = catalogue.products.find((candidate) => candidate.id === id)
  if (!product) throw new ApiFaultError(404, 'not_found', `There is no product ${id}`)
  Object.assign(product, readInput(productChangeSchema, body), { updated_at: new Date().toISOString() })
  return { status: 200, body: product }
}

export function changeStock({ id, body, catalogue }: ApiRequest): ApiAnswer {
  const input = readInput(stockChangeSchema, body)
  const line = catalogue.stock.find((candidate) => candidate.sku === id && candidate.warehouse === input.warehouse)
  if (!line) throw new ApiFaultError(404, 'not_found', `There is no stock of ${id} in ${input.warehouse}`)
  Object.assign(line, { available: input.available, updated_at: new Date().toISOString() })
  return { status: 200, body: line }
}
