/** Acme Commerce's data, which is computed, so that it is the same at every start. */

export type Order = {
  id: string
  number: string
  status: 'open' | 'paid' | 'shipped' | 'cancelled'
  customer_id: string
  currency: 'GBP'
  total: string
  lines: { sku: string; quantity: number; unit_price: string }[]
  created_at: string
  updated_at: string
}
export type Product = {
  id: string
  sku: string
  title: string
  category: string
  price: string
  currency: 'GBP'
  active: boolean
  updated_at: string
}
export type Customer = { id: string; name: string; email: string; country: string; created_at: string }
export type StockLine = { sku: string; warehouse: 'north' | 'south'; available: number; updated_at: string }
export type Catalogue = { orders: Order[]; products: Product[]; customers: Customer[]; stock: StockLine[] }

const counts = { orders: 240, products: 120, customers: 60 }
const categories = ['Garden', 'Kitchen', 'Lighting', 'Office', 'Outdoor', 'Tools'] as const
const nouns = ['Lantern', 'Kettle', 'Trowel', 'Notebook', 'Rope', 'Ladder', 'Bowl', 'Hammer'] as const
const colours = ['Red', 'Green', 'Blue', 'Amber', 'Black'] as const
const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Niklaus', 'Frances', 'Tony'] as const
const lastNames = ['Hill', 'Marsh', 'Field', 'Stone', 'Brook', 'Wood', 'Ford'] as const
const countries = ['GB', 'IE', 'DE', 'FR', 'NL'] as const
const orderStates = ['open', 'paid', 'shipped', 'shipped', 'cancelled'] as const
const firstDay = Date.UTC(2026, 0, 1, 8)
const hour = 3_600_000

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!
const padded = (number: number, length: number) => String(number).padStart(length, '0')
const at = (hours: number) => new Date(firstDay + hours * hour).toISOString()
export const money = (pence: number) => (pence / 100).toFixed(2)
const range = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index))

function makeProduct(index: number): Product {
  return {
    id: `prd_${padded(index + 1, 4)}`,
    sku: `ACME-${padded(index + 1, 4)}`,
    title: `${pick(colours, index)} ${pick(nouns, index * 3)}`,
    category: pick(categories, index),
    price: money(499 + ((index * 737) % 9_500)),
    currency: 'GBP',
    active: index % 17 !== 0,
    updated_at: at(index * 5),
  }
}

function makeCustomer(index: number): Customer {
  const [first, last] = [pick(firstNames, index), pick(lastNames, index * 2)]
  return {
    id: `cus_${padded(index + 1, 4)}`,
    name: `${first} ${last}`,
    email: `${first}.${last}.${index + 1}@customers.example`.toLowerCase(),
    country: pick(countries, index),
    created_at: at(index * 3),
  }
}

function makeOrder(index: number, products: Product[]): Order {
  const lines = range(1 + (index % 3), (line) => {
    const product = pick(products, index * 7 + line * 13)
    return { sku: product.sku, quantity: 1 + ((index + line) % 4), unit_price: product.price }
  })
  return {
    id: `ord_${padded(index + 1, 4)}`,
    number: `#${1001 + index}`,
    status: pick(orderStates, index),
    customer_id: `cus_${padded(1 + ((index * 11) % counts.customers), 4)}`,
    currency: 'GBP',
    total: totalOf(lines),
    lines,
    created_at: at(index * 12),
    updated_at: at(index * 12 + 6),
  }
}

export function totalOf(lines: Order['lines']): string {
  return money(lines.reduce((sum, line) => sum + Math.round(Number(line.unit_price) * 100) * line.quantity, 0))
}

export function createCatalogue(): Catalogue {
  const products = range(counts.products, makeProduct)
  return {
    products,
    customers: range(counts.customers, makeCustomer),
    orders: range(counts.orders, (index) => makeOrder(index, products)),
    stock: products.flatMap((product, index) => [
      { sku: product.sku, warehouse: 'north', available: (index * 29) % 140, updated_at: at(index * 2) },
      { sku: product.sku, warehouse: 'south', available: (index * 41) % 90, updated_at: at(index * 2 + 1) },
    ]),
  }
}
