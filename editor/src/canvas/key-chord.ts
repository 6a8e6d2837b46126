/** A key as commands name it: `Mod+Shift+Z`, `Delete`, `n`. Mod is Ctrl, and Cmd on a Mac. */
export type KeyChord = string;

/** The parts of a keyboard event that count. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The chord of a key press. Shift counts only beside letters and named keys: `+` and `?` need it on some keyboards. */
export function readChord({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): KeyChord {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const isLetterOrNamed = name.length > 1 || /[A-Z]/.test(name);
  return [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', shiftKey && isLetterOrNamed ? 'Shift' : '', name]
    .filter((part) => part !== '')
    .join('+');
}

/** A letter or sign alone: it must not act while somebody types. */
export function isSingleKey(chord: KeyChord): boolean {
  return chord.length === 1;
}

const shownNames: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** As menus show it: `Ctrl+Shift+Z`. */
export function showChord(chord: KeyChord): string {
  // A plus sign is a key too.
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord === '+' ? ['+'] : chord.split('+');
  return parts.map((part) => shownNames[part] ?? part).join('+');
}
