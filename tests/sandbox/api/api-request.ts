import type { Caller } from './caller'
import type { Catalogue } from './catalogue'

export type ApiRequest = { url: URL; id: string; body: unknown; caller: Caller | null; catalogue: Catalogue }
export type ApiAnswer = { status: number; body: unknown; headers?: Record<string, string> }
