import {
  type Icon,
  IconAlertTriangle,
  IconApi,
  IconArrowBackUp,
  IconArrowDownCircle,
  IconArrowsJoin2,
  IconArrowsSplit,
  IconArrowsSplit2,
  IconBook2,
  IconBookmarkPlus,
  IconBookmarks,
  IconBox,
  IconBrandJavascript,
  IconBug,
  IconCalendarTime,
  IconChecklist,
  IconChecks,
  IconCheckupList,
  IconCircleCheck,
  IconCircleDashedCheck,
  IconCircleX,
  IconClockPause,
  IconCopyOff,
  IconEdit,
  IconFileDownload,
  IconFileSearch,
  IconFileStack,
  IconFileSymlink,
  IconFileUpload,
  IconFilter,
  IconFilterPause,
  IconFirstAidKit,
  IconFlag,
  IconFlagCheck,
  IconForms,
  IconFunction,
  IconGauge,
  IconGitMerge,
  IconInbox,
  IconListCheck,
  IconListSearch,
  IconLockCheck,
  IconMessageDots,
  IconNote,
  IconPaperclip,
  IconPencil,
  IconPlayerPlay,
  IconPlugConnected,
  IconSearch,
  IconTableMinus,
  IconTableOptions,
  IconTablePlus,
  IconTemplate,
  IconTrash,
  IconUsers,
  IconWebhook,
  IconWorld,
  IconWorldSearch,
} from '@tabler/icons-react';
import type { NodeCategory } from '@wirebook/node-kit';
import styles from './node-icon.module.css';

/** Those that the node types of the product name; named singly, so that the other thousands stay out of the bundle. */
const icons: Readonly<Record<string, Icon>> = {
  'alert-triangle': IconAlertTriangle,
  api: IconApi,
  'arrows-join-2': IconArrowsJoin2,
  'arrows-split': IconArrowsSplit,
  'arrows-split-2': IconArrowsSplit2,
  'bookmark-plus': IconBookmarkPlus,
  'brand-javascript': IconBrandJavascript,
  bug: IconBug,
  checks: IconChecks,
  'circle-check': IconCircleCheck,
  'circle-x': IconCircleX,
  'clock-pause': IconClockPause,
  'copy-off': IconCopyOff,
  edit: IconEdit,
  'file-download': IconFileDownload,
  'file-search': IconFileSearch,
  'file-upload': IconFileUpload,
  filter: IconFilter,
  'filter-pause': IconFilterPause,
  'first-aid-kit': IconFirstAidKit,
  'flag-check': IconFlagCheck,
  function: IconFunction,
  gauge: IconGauge,
  inbox: IconInbox,
  'table-options': IconTableOptions,
  'table-minus': IconTableMinus,
  'list-search': IconListSearch,
  'git-merge': IconGitMerge,
  paperclip: IconPaperclip,
  users: IconUsers,
  trash: IconTrash,
  'lock-check': IconLockCheck,
  flag: IconFlag,
  'circle-dashed-check': IconCircleDashedCheck,
  'checkup-list': IconCheckupList,
  checklist: IconChecklist,
  'list-check': IconListCheck,
  webhook: IconWebhook,
  forms: IconForms,
  'arrow-back-up': IconArrowBackUp,
  'arrow-down-circle': IconArrowDownCircle,
  'plug-connected': IconPlugConnected,
  'calendar-time': IconCalendarTime,
  'player-play': IconPlayerPlay,
  'message-dots': IconMessageDots,
  note: IconNote,
  pencil: IconPencil,
  search: IconSearch,
  'table-plus': IconTablePlus,
  template: IconTemplate,
  bookmarks: IconBookmarks,
  'file-symlink': IconFileSymlink,
  'file-stack': IconFileStack,
  'world-search': IconWorldSearch,
  'book-2': IconBook2,
  world: IconWorld,
};

/** Names that have an icon of their own. */
export const iconNames: readonly string[] = Object.keys(icons);

interface NodeIconProps {
  /** Of a tabler icon; null and names that are not bundled give a box. */
  readonly name: string | null;
  readonly category: NodeCategory;
  readonly size?: 'small' | 'large';
}

/** The icon of a node type on a square in the tint of its category. */
export function NodeIcon({ name, category, size = 'small' }: NodeIconProps) {
  const Drawn = (name === null ? undefined : icons[name]) ?? IconBox;
  return (
    <span className={`${styles.square} ${styles[size]}`} data-category={category} aria-hidden="true">
      <Drawn size={size === 'large' ? 18 : 16} stroke={1.75} />
    </span>
  );
}
