/**
 * Why there is no further page. `same_page`: this page is the same as an earlier one, so its records are not new.
 * `seen_before`: the next page is one that was read before. `secret`: the value that leads to the next page contains a
 * secret, which is neither stored nor shown.
 */
export const endReasons = [
  ...['one_response', 'no_records', 'not_countable', 'no_more'],
  ...['no_next_page', 'same_page', 'seen_before', 'page_limit', 'secret'],
] as const
export type EndReason = (typeof endReasons)[number]
