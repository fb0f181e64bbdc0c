/** What pages can follow. Each is a channel of Postgres. */
export const topics = ['requests', 'imports'] as const
export type Topic = (typeof topics)[number]

export function channelOf(topic: Topic): string {
  return `patchbay_${topic}`
}
