import { pageIsLoading, rememberPressed } from '@/components/frame/page-loading'

document.addEventListener('click', rememberPressed, true)

/** Next calls it whenever its router begins to go to another page. */
export function onRouterTransitionStart(url: string): void {
  pageIsLoading(url)
}
