import chart from '@zendeskgarden/svg-icons/src/16/bar-chart-stroke.svg?raw'
import bold from '@zendeskgarden/svg-icons/src/16/bold-fill.svg?raw'
import building from '@zendeskgarden/svg-icons/src/16/building-stroke.svg?raw'
import chevronDown from '@zendeskgarden/svg-icons/src/16/chevron-down-fill.svg?raw'
import clock from '@zendeskgarden/svg-icons/src/16/clock-stroke.svg?raw'
import file from '@zendeskgarden/svg-icons/src/16/file-generic-stroke.svg?raw'
import gear from '@zendeskgarden/svg-icons/src/16/gear-fill.svg?raw'
import grid from '@zendeskgarden/svg-icons/src/16/grid-2x2-stroke.svg?raw'
import history from '@zendeskgarden/svg-icons/src/16/history-stroke.svg?raw'
import home from '@zendeskgarden/svg-icons/src/16/home-fill.svg?raw'
import inbox from '@zendeskgarden/svg-icons/src/16/inbox-fill.svg?raw'
import italic from '@zendeskgarden/svg-icons/src/16/italic-fill.svg?raw'
import bullets from '@zendeskgarden/svg-icons/src/16/list-bullet-stroke.svg?raw'
import lock from '@zendeskgarden/svg-icons/src/16/lock-locked-stroke.svg?raw'
import code from '@zendeskgarden/svg-icons/src/16/markup-stroke.svg?raw'
import moon from '@zendeskgarden/svg-icons/src/16/moon-stroke.svg?raw'
import note from '@zendeskgarden/svg-icons/src/16/notes-stroke.svg?raw'
import bell from '@zendeskgarden/svg-icons/src/16/notification-stroke.svg?raw'
import width from '@zendeskgarden/svg-icons/src/16/panels-stroke.svg?raw'
import paperclip from '@zendeskgarden/svg-icons/src/16/paperclip.svg?raw'
import plus from '@zendeskgarden/svg-icons/src/16/plus-stroke.svg?raw'
import puzzle from '@zendeskgarden/svg-icons/src/16/puzzle-piece-stroke.svg?raw'
import reload from '@zendeskgarden/svg-icons/src/16/reload-stroke.svg?raw'
import search from '@zendeskgarden/svg-icons/src/16/search-stroke.svg?raw'
import reply from '@zendeskgarden/svg-icons/src/16/speech-bubble-plain-stroke.svg?raw'
import sun from '@zendeskgarden/svg-icons/src/16/sun-stroke.svg?raw'
import views from '@zendeskgarden/svg-icons/src/16/table-fill.svg?raw'
import people from '@zendeskgarden/svg-icons/src/16/user-group-fill.svg?raw'
import person from '@zendeskgarden/svg-icons/src/16/user-solo-stroke.svg?raw'
import close from '@zendeskgarden/svg-icons/src/16/x-stroke.svg?raw'
import logo from '@zendeskgarden/svg-icons/src/16/zendesk-fill.svg?raw'

const ICONS = {
  bell,
  bold,
  building,
  bullets,
  chart,
  chevronDown,
  clock,
  close,
  code,
  file,
  gear,
  grid,
  history,
  home,
  inbox,
  italic,
  lock,
  logo,
  moon,
  note,
  paperclip,
  people,
  person,
  plus,
  puzzle,
  reload,
  reply,
  search,
  sun,
  views,
  width,
}

export type IconName = keyof typeof ICONS

/** A Garden icon. Decoration only: what it means is said by the text or label beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const markup = ICONS[name].replace(/<svg /, `<svg aria-hidden="true" style="width:${size}px;height:${size}px" `)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the markup is Garden's own, bundled at build time
  return <span className="icon" dangerouslySetInnerHTML={{ __html: markup }} />
}
